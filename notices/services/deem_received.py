"""Record that a notice counts as received though it may not have reached anybody."""

from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext as _

from notices.models import Notice
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def deem_received(*, notice: Notice, by: User, at: datetime, reason: str) -> None:
    """Record at ``at`` that ``notice`` counts as received when it was dispatched (hikari-phone 16-2).

    ``reason`` says how it is known that the recipient did not report a new name or address. Raises Refused where the document
    does not say that such a notice counts as given, WrongState unless the notice was dispatched and nothing is recorded yet.
    """
    on = timezone.localdate(at)
    name_change = pack_for(notice.article_ref.pack, on, earliest=True).name_change
    if name_change is None or not name_change.deemed_notice:
        raise Refused(
            Refusal(
                name_change.article if name_change else notice.article_ref,
                "no_deemed_receipt",
                _(
                    "The document does not say that a notice counts as received when an address change was not reported."
                ),
            )
        )
    perform(notice, "deem_received", by=by, on=on, reason=reason, article=name_change.article)
