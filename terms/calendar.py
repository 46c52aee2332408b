"""Days and months as Japanese law counts them (Civil Code 140, 143), tariff months, holidays, bank days."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from functools import lru_cache
from typing import Self

import jpholiday

JAPAN = timezone(timedelta(hours=9), "JST")
DAY = timedelta(days=1)


def japan_clock(moment: datetime) -> datetime:
    """The moment on the Japanese clock, without zone. A naive moment is taken to be on it already."""
    return moment if moment.tzinfo is None else moment.astimezone(JAPAN).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month, written ``2025-09``."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @classmethod
    def of(cls, day: date) -> Self:
        """The month in which a day lies."""
        return cls(day.year, day.month)

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``"2025-09"``. ValueError for anything else."""
        year, dash, month = text.partition("-")
        if not (
            dash
            and len(year) == 4
            and len(month) == 2
            and (year + month).isdecimal()
            and 1 <= int(month) <= 12
        ):
            raise ValueError(f"not a month: {text!r}; write it as 2025-09")
        return cls(int(year), int(month))

    def plus(self, months: int) -> "Month":
        """So many months later, or earlier where negative."""
        count = self.year * 12 + self.month - 1 + months
        return Month(count // 12, count % 12 + 1)

    def until(self, other: "Month") -> int:
        """Whole months from this one to the other."""
        return (other.year - self.year) * 12 + other.month - self.month

    @property
    def days(self) -> int:
        return monthrange(self.year, self.month)[1]

    @property
    def first(self) -> date:
        return date(self.year, self.month, 1)

    @property
    def last(self) -> date:
        return date(self.year, self.month, self.days)

    @property
    def end(self) -> date:
        """The first day of the next month: the open end of [first, end)."""
        return self.last + DAY

    def day(self, number: int) -> date:
        """That day of the month, or its last day where the month has no such day."""
        return date(self.year, self.month, min(number, self.days))


def add_months(day: date, months: int) -> date:
    """The corresponding day so many months later, or that month's last day where it has none."""
    return Month.of(day).plus(months).day(day.day)


def period_end(first_day: date, months: int) -> date:
    """The last day of a period of months whose first counted day is given (Civil Code 143).

    The day before the corresponding day, or the month's last day where it has no corresponding day.
    """
    month = Month.of(first_day).plus(months)
    return month.last if first_day.day > month.days else month.day(first_day.day) - DAY


def period_end_after(event: date, months: int) -> date:
    """As ``period_end`` for a period that an event starts: the day of the event is not counted (Civil Code 140)."""
    return period_end(event + DAY, months)


def latest_day_leaving(months: int, last_day: date) -> date:
    """The latest day after which a full period of months still ends by ``last_day`` ("one month before")."""
    day = add_months(last_day, -months)
    while period_end_after(day + DAY, months) <= last_day:
        day += DAY
    while period_end_after(day, months) > last_day:
        day -= DAY
    return day


def tariff_month_start(day: date, cycle_day: int) -> date:
    """The first day of the tariff month (料金月) that holds a day. Months without the cycle day start it on their last day."""
    month = Month.of(day)
    start = month.day(cycle_day)
    return start if start <= day else month.plus(-1).day(cycle_day)


@lru_cache(maxsize=4096)
def tariff_month_end(day: date, cycle_day: int) -> date:
    """The first day of the next tariff month: the open end of the one that holds ``day``."""
    return Month.of(tariff_month_start(day, cycle_day)).plus(1).day(cycle_day)


@lru_cache(maxsize=4096)
def is_holiday(day: date) -> bool:
    """A national holiday, or a day off under the Holidays Act (substitute holidays, days between two holidays)."""
    return bool(jpholiday.is_holiday(day))


def is_bank_holiday(day: date) -> bool:
    """Saturday, Sunday, national holiday, 31 December to 3 January (銀行法施行令5)."""
    return day.weekday() >= 5 or (day.month, day.day) in BANK_YEAR_END or is_holiday(day)


BANK_YEAR_END = frozenset({(12, 31), (1, 1), (1, 2), (1, 3)})


def bank_day_from(day: date) -> date:
    """The day itself where banks are open, otherwise the next day on which they are."""
    while is_bank_holiday(day):
        day += DAY
    return day


def add_bank_days(day: date, count: int) -> date:
    """So many bank business days after a day (before it where negative); the day itself is not counted."""
    step = DAY if count >= 0 else -DAY
    for _ in range(abs(count)):
        day += step
        while is_bank_holiday(day):
            day += step
    return day
