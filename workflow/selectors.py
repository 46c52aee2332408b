"""Reads of workflow that more than one caller needs."""

from datetime import date, datetime

from django.contrib.auth.hashers import make_password
from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, QuerySet

from workflow.models import Approval, StateChange, User

CLOCK = "clock"


def clock_user() -> User:
    """The named system account under which scheduled jobs act; made when it is first asked for."""
    user, _ = User.objects.get_or_create(
        username=CLOCK, is_system=True, defaults={"last_name": "定期処理", "password": make_password(None)}
    )
    return user


def user_named(username: str) -> User:
    """Who runs a command: the active user of this name, the clock's account for no name. User.DoesNotExist for any other name."""
    return User.objects.get(username=username, is_active=True) if username else clock_user()


def state_changes_of(subject: Model) -> QuerySet[StateChange]:
    """Every recorded change of ``subject``, oldest first."""
    return StateChange.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).select_related("by")


def state_on(subject: Model, on: date, *, known_at: datetime | None = None) -> str | None:
    """The state that ``subject`` had at the end of ``on``, or None before its first change.

    Of the changes effective by then the one recorded last counts: it followed the others, even where its legal date lies before
    theirs. ``known_at`` asks what was on record at that moment.
    """
    changes = state_changes_of(subject).filter(on__lte=on)
    if known_at is not None:
        changes = changes.filter(at__lte=known_at)
    change = changes.order_by("id").last()
    return change.target if change else None


def approved(subject: Model, action: str) -> Approval | None:
    """The approval of ``action`` on ``subject``, if the latest proposal of it was approved by a second person."""
    latest = (
        Approval.objects.filter(
            subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk, action=action
        )
        .order_by("id")
        .last()
    )
    return latest if latest and latest.decision == Approval.Decision.APPROVED else None
