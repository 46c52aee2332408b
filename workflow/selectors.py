"""Reads of workflow that more than one caller needs."""

from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from workflow.models import Approval, StateChange, User

CLOCK = "clock"


def clock_user() -> User:
    """The named system account under which scheduled jobs act."""
    user, _ = User.objects.get_or_create(
        username=CLOCK, defaults={"is_system": True, "is_active": True, "last_name": "定期処理"}
    )
    return user


def state_changes_of(subject: Model) -> QuerySet[StateChange]:
    """Every recorded change of ``subject``, oldest first."""
    return StateChange.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).select_related("by")


def state_on(subject: Model, on: date) -> str | None:
    """The state that ``subject`` had at the end of ``on``, or None before its first change."""
    change = state_changes_of(subject).filter(on__lte=on).order_by("on", "id").last()
    return change.target if change else None


def approved(subject: Model, action: str) -> Approval | None:
    """The latest approval of ``action`` on ``subject``, if a second person gave it."""
    return (
        Approval.objects.filter(
            subject_type=ContentType.objects.get_for_model(subject),
            subject_id=subject.pk,
            action=action,
            decision=Approval.Decision.APPROVED,
        )
        .order_by("id")
        .last()
    )
