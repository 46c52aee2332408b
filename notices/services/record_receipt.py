"""Record that the recipient opened or confirmed a notice."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from notices.facts import moment_words
from notices.models import Notice
from workflow.models import User
from workflow.services.perform import perform


def record_receipt(*, notice: Notice, by: User, at: datetime) -> None:
    """Record that ``notice`` was received at ``at``. Raises WrongState unless it was dispatched and nothing is recorded yet,
    ValidationError for a moment before it was dispatched."""
    if notice.dispatched_at is not None and at < notice.dispatched_at:
        raise ValidationError(
            {"at": _("It was dispatched only at %(when)s.") % {"when": moment_words(notice.dispatched_at)}}
        )
    perform(notice, "receive", by=by, on=timezone.localdate(at), article=notice.article_ref, at=at)
