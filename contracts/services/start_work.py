"""The people are on the site."""

from datetime import datetime

from contracts.models import Work
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def start_work(*, work: Work, by: User, at: datetime) -> Work:
    """The work starts at ``at``; from here on a cancellation costs what the document says. WrongState unless it is planned."""
    perform(work, "start", by=by, on=japan_date(at), at=at)
    return work
