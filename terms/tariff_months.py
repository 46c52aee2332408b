"""The tariff months (料金月) of a document that charges by days, whose first day the operator may have moved (起算日の変更)."""

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from terms.calendar import Month, tariff_month_end


class TariffMonth(NamedTuple):
    """The days [from_, to), of a tariff month that has ``of_days`` days where its next one is not moved."""

    from_: date
    to: date
    of_days: int

    @property
    def cut(self) -> bool:
        """Whether a move made it shorter than it would have been."""
        return (self.to - self.from_).days < self.of_days


@lru_cache(maxsize=1024)
def tariff_months_ending(month: Month, moved: tuple[date, ...]) -> tuple[TariffMonth, ...]:
    """The tariff months whose last day lies in a calendar month, in order; two where a move cut one short in it.

    ``moved``: the days, in order, on which tariff months began to start on the day of the month that each of them is.
    Before the first of them tariff months are calendar months. A month without that day starts its tariff month on its
    last day.
    """
    window = [month.plus(-1), month, month.plus(1)]
    starts = sorted({*(day for each in window for day in _starts(each, moved))})
    return tuple(
        TariffMonth(from_, to, (tariff_month_end(from_, _day(from_, moved)) - from_).days)
        for from_, to in pairwise(starts)
        if month.first < to <= month.end
    )


def _starts(month: Month, moved: Sequence[date]) -> list[date]:
    """The days of a calendar month on which tariff months begin."""
    regular = {month.day(number) for number in {1, *(day.day for day in moved)}}
    found = [day for day in regular if day == month.day(_day(day, moved))]
    return found + [day for day in moved if Month.of(day) == month]


def _day(on: date, moved: Sequence[date]) -> int:
    """The day of the month on which tariff months start, as of a day."""
    return next((day.day for day in reversed(moved) if day <= on), 1)
