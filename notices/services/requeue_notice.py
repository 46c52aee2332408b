"""Try a failed notice again, perhaps by another way."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.errors import NoAddress
from notices.models import Notice
from notices.wake import dispatch_soon
from workflow.models import User
from workflow.services.perform import perform


def requeue_notice(
    *,
    notice: Notice,
    by: User,
    at: datetime,
    reason: str,
    channel: str | None = None,
    address: str | None = None,
) -> None:
    """Put a failed notice into the queue again, by ``channel`` to ``address`` where they are given; the text stays.

    Raises NoAddress for a new channel without its address, ValidationError for e-mail to what is no e-mail address, WrongState unless
    it failed, NotPermitted.
    """
    changed = channel is not None and channel != notice.channel
    if changed and not address:
        raise NoAddress(_("Say to which address the notice goes by the other channel."))
    if address and (channel or notice.channel) == Notice.Channel.EMAIL:
        try:
            validate_email(address)
        except ValidationError as error:
            raise ValidationError({"address": error}) from error
    with transaction.atomic():
        perform(
            notice,
            "requeue",
            by=by,
            on=timezone.localdate(at),
            reason=reason,
            article=notice.article_ref,
            channel=channel or notice.channel,
            address=address or notice.address,
        )
        if notice.channel == Notice.Channel.EMAIL:
            transaction.on_commit(partial(dispatch_soon, notice.pk))
