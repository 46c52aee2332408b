"""Record that the recipient opened or confirmed a notice."""

from datetime import datetime

from django.utils import timezone

from notices.models import Notice
from workflow.models import User
from workflow.services.perform import perform


def record_receipt(*, notice: Notice, by: User, at: datetime) -> None:
    """Record that ``notice`` was received at ``at``. Raises WrongState unless it was dispatched and nothing is recorded yet."""
    perform(notice, "receive", by=by, on=timezone.localdate(at), article=notice.article_ref, at=at)
