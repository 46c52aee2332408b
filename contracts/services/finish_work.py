"""The work is finished."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Request, Work
from contracts.moments import japan_date
from contracts.services.carry_out_request import carry_out_request, is_ready
from notices.facts import moment_words
from workflow.models import User
from workflow.services.perform import perform


def finish_work(*, work: Work, by: User, at: datetime) -> Work:
    """The work is done at ``at``; the request that waited for it is carried out.

    WrongState unless it was started; ValidationError for a moment before that."""
    if work.started_at is not None and at < work.started_at:
        raise ValidationError(
            {"at": _("The work started at %(when)s.") % {"when": moment_words(work.started_at)}}
        )
    with transaction.atomic():
        perform(work, "finish", by=by, on=japan_date(at), at=at)
        request = work.request
        if (
            request is not None
            and request.state == Request.State.ACCEPTED
            and is_ready(request, on=japan_date(at))
        ):
            carry_out_request(request=request, by=by, on=japan_date(at))
    return work
