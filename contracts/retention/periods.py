"""Which period applies on a day."""

from datetime import date, timedelta

from contracts.models import RetentionPeriod
from contracts.retention.category import Category
from contracts.retention.registry import categories


def period_on(code: str, on: date) -> RetentionPeriod | None:
    """The period of a category in force on a day; None where none was ever set."""
    return RetentionPeriod.objects.filter(category=code, starts_on__lte=on).order_by("-starts_on").first()


def periods_to_come(code: str, on: date) -> list[RetentionPeriod]:
    """Those that start after the day, the next one first."""
    return list(RetentionPeriod.objects.filter(category=code, starts_on__gt=on).order_by("starts_on"))


def kept_from(code: str, on: date) -> date | None:
    """The first day whose data are still kept on ``on``; None where no period was ever set."""
    period = period_on(code, on)
    return on - timedelta(days=period.days) if period else None


def without_period() -> list[Category]:
    """The categories that would be erased by themselves, had anybody set how long they are kept: until then nothing of them is."""
    decided = set(RetentionPeriod.objects.values_list("category", flat=True).distinct())
    return [found for found in categories() if found.pieces and found.code not in decided]
