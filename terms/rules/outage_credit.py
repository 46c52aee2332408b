"""What need not be paid for the time of an outage (利用できなかった期間の料金)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from fractions import Fraction
from typing import Literal

from terms.article import ArticleRef
from terms.calendar import Month, japan_clock
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import CreditRounding, shares

UNIT = timedelta(hours=24)
Clock = Literal["known", "down"]
MonthBase = Literal["calendar", "30"]
YearBase = Literal["calendar", "365"]


@dataclass(frozen=True, kw_only=True)
class OutageCredit:
    """Full days of 24 hours, once the outage has lasted one.

    ``credited`` false: the document gives nothing back. ``clock``: from when the operator knew, or from when it was down.
    ``month_base``, ``year_base``: a day is the calendar's share of the month or year, or 1/30, 1/365.
    ``gross_negligence``: "pro_rata" by time from the same clock, without threshold, or "same" as any other cause.
    """

    article: ArticleRef
    credited: bool
    clock: Clock = "known"
    month_base: MonthBase = "calendar"
    year_base: YearBase = "calendar"
    metered_month_base: MonthBase = "calendar"
    gross_negligence: Literal["pro_rata", "same"] = "pro_rata"
    rounding: CreditRounding


@dataclass(frozen=True, kw_only=True)
class OutageCreditFacts:
    """``fee`` in yen ``per`` month or year (``metered``: by use, but set for the month); when the line went ``down``, when
    the operator ``known`` it, when it was ``restored``; whose ``cause`` it was."""

    fee: int
    down: datetime
    known: datetime
    restored: datetime
    per: Literal["month", "year"] = "month"
    cause: Literal["not_customer", "gross_negligence", "customer"] = "not_customer"
    metered: bool = False

    def __post_init__(self) -> None:
        not_negative(fee=self.fee)
        require(
            japan_clock(self.restored) >= japan_clock(self.down),
            f"restored {self.restored.isoformat()} lies before down {self.down.isoformat()}",
        )


@dataclass(frozen=True, kw_only=True)
class OutageCreditResult(Result):
    """``amount`` in yen that is not owed, or is paid back; ``days`` of 24 hours, 0 where time itself counts."""

    days: int
    amount: int


def outage_credit(rule: OutageCredit, facts: OutageCreditFacts) -> OutageCreditResult:
    """The credit for one outage. Overlapping records are joined first, with ``merged``."""
    start, end = clock_start(rule.clock, facts.down, facts.known), japan_clock(facts.restored)
    by_time = facts.cause == "gross_negligence" and rule.gross_negligence == "pro_rata"
    pieces = list(by_month(start, end) if by_time else units(start, end))
    if not rule.credited or facts.cause == "customer" or not pieces:
        why = (
            "outage_customer"
            if facts.cause == "customer"
            else "outage_too_short"
            if rule.credited
            else "outage_not_credited"
        )
        line = Line(text=why, article=rule.article, from_=start, to=max(start, end))
        return OutageCreditResult(article=rule.article, lines=(line,), days=0, amount=0)
    exact = [
        facts.fee * Fraction((to - from_) / timedelta(1)) / base_days(rule, facts, from_)
        for from_, to in pieces
    ]
    lines = tuple(
        Line(
            text="outage_time" if by_time else "outage_day",
            article=rule.article,
            from_=from_,
            to=to,
            days=None if by_time else 1,
            rate=f"1/{base_days(rule, facts, from_)}",
            amount=amount,
        )
        for (from_, to), amount in zip(pieces, shares(exact, rule.rounding), strict=True)
    )
    return OutageCreditResult(
        article=rule.article,
        lines=lines,
        days=0 if by_time else len(pieces),
        amount=sum(line.amount for line in lines),
    )


def clock_start(clock: Clock, down: datetime, known: datetime) -> datetime:
    """From when the document counts. Nobody can know of an outage before it began."""
    began = japan_clock(down)
    return began if clock == "down" else max(began, japan_clock(known))


def units(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """The full 24-hour units in [start, end). Each belongs to the day on which it began."""
    while start + UNIT <= end:
        yield start, start + UNIT
        start += UNIT


def by_month(start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime]]:
    """[start, end) cut at the ends of months."""
    while start < end:
        stop = min(end, datetime.combine(Month.of(start).end, datetime.min.time()))
        yield start, stop
        start = stop


def base_days(rule: OutageCredit, facts: OutageCreditFacts, day: datetime) -> int:
    """Of how many days the fee is that is charged for the time around ``day``."""
    if facts.per == "year":
        return 365 if rule.year_base == "365" else (date(day.year + 1, 1, 1) - date(day.year, 1, 1)).days
    base = rule.metered_month_base if facts.metered else rule.month_base
    return 30 if base == "30" else Month.of(day).days


def merged(stretches: Iterable[tuple[datetime, datetime]]) -> list[tuple[datetime, datetime]]:
    """Outage records as (start, end), in order, with what overlaps or touches joined: no hour is credited twice."""
    joined: list[tuple[datetime, datetime]] = []
    for start, end in sorted(stretches):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
