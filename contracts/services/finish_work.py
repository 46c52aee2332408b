"""The work is finished."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Work
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def finish_work(*, work: Work, by: User, at: datetime) -> Work:
    """The work is done at ``at``. WrongState unless it was started; ValidationError for a moment before that."""
    if work.started_at is not None and at < work.started_at:
        raise ValidationError(
            {"at": _("The work started at %(when)s.") % {"when": f"{work.started_at:%Y-%m-%d %H:%M}"}}
        )
    perform(work, "finish", by=by, on=japan_date(at), at=at)
    return work
