"""The work is finished."""

from datetime import datetime

from contracts.models import Work
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def finish_work(*, work: Work, by: User, at: datetime) -> Work:
    """The work is done at ``at``. WrongState unless it was started."""
    perform(work, "finish", by=by, on=japan_date(at), at=at)
    return work
