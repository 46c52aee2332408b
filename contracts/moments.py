"""Between moments and legal dates: a legal date is a date in Japan time."""

from datetime import date, datetime, time

from terms.calendar import JAPAN


def start_of(on: date) -> datetime:
    """The first moment of a day in Japan."""
    return datetime.combine(on, time(), tzinfo=JAPAN)


def japan_date(at: datetime) -> date:
    """The date in Japan at a moment. ``at`` must be aware."""
    if at.tzinfo is None:
        raise ValueError(f"{at!r} has no time zone; give an aware date-time")
    return at.astimezone(JAPAN).date()
