"""Monthly and yearly charges: from when, until when, and what part of a month (利用料金の支払義務).

Pauses and suspensions are charged on where the document says so, which all five do.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import lru_cache
from itertools import pairwise
from typing import Literal, NamedTuple

from terms.article import ArticleRef
from terms.calendar import DAY, Month, add_months, tariff_month_end
from terms.facts import not_negative, require, require_cycle_day
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen
from terms.tariff_months import TariffMonth, tariff_months_ending


@dataclass(frozen=True, kw_only=True)
class PeriodicCharge:
    """``basis``: "day" charges the days of service; "calendar_month" whole calendar months; "tariff_month" the whole fee on the
    first day of service and of each tariff month.

    ``first_month`` and ``option_first_month`` of whole calendar months: that of the start, or the next. ``end_day_charged``
    of days: the ending day counts; otherwise the day before is the last, but a service of one day counts one day.
    ``day_base``: a day is the calendar's share of its month, or 1/30. ``annual``: a fee by the year falls due at the start
    and on its anniversaries, and is not given back. ``pause_charged``, ``suspension_charged``: charged on meanwhile.
    ``first_day_article``: days are charged by tariff months, and the operator may move the first day of those by it.
    """

    article: ArticleRef
    basis: Literal["day", "calendar_month", "tariff_month"]
    pause_charged: bool
    suspension_charged: bool
    first_month: Literal["start", "next"] = "start"
    option_first_month: Literal["start", "next"] = "start"
    end_day_charged: bool = True
    day_base: Literal["calendar", "30"] = "calendar"
    annual: bool = False
    first_day_article: ArticleRef | None = None
    rounding: ChargeRounding

    def __post_init__(self) -> None:
        require(
            self.first_day_article is None or self.basis == "day",
            'first_day_article needs the basis "day": only days are charged for by a moved tariff month',
        )


@dataclass(frozen=True, kw_only=True)
class Stretch:
    """Days, half-open [from_, to)."""

    from_: date
    to: date


@dataclass(frozen=True, kw_only=True)
class PeriodicChargeFacts:
    """``fee`` in yen ``per`` month or year, service from ``start`` to ``end`` (its last day; none while it lasts), charged
    ``through`` a calendar month. ``cycle_day`` on which tariff months start; without it the day of ``start``. ``moved``: the
    days, in order, from which on the tariff months of a document that charges days start on the day that each of them is."""

    fee: int
    start: date
    through: Month
    end: date | None = None
    kind: Literal["base", "option"] = "base"
    per: Literal["month", "year"] = "month"
    cycle_day: int | None = None
    moved: tuple[date, ...] = ()
    pauses: tuple[Stretch, ...] = ()
    suspensions: tuple[Stretch, ...] = ()

    def __post_init__(self) -> None:
        not_negative(fee=self.fee)
        require(self.end is None or self.end >= self.start, f"end {self.end} lies before start {self.start}")
        require_cycle_day(self.cycle_day)
        require(list(self.moved) == sorted(set(self.moved)), "moves of the first day are not in order")


@dataclass(frozen=True, kw_only=True)
class PeriodicChargeResult(Result):
    """``total`` yen, and what falls in each calendar month; months without a charge are left out."""

    total: int
    by_month: Mapping[Month, int]


class MonthCharge(NamedTuple):
    """One charge that falls in a calendar month: yen for [from_, to), which are ``days`` of ``of_days``.

    ``cut``: of a tariff month that is short because the first day of the next one was moved.
    """

    amount: int
    from_: date
    to: date
    days: int
    of_days: int
    cut: TariffMonth | None = None


def periodic_charge(rule: PeriodicCharge, facts: PeriodicChargeFacts) -> PeriodicChargeResult:
    """All charges of one item from its start through a month."""
    free = free_days(rule, facts.pauses, facts.suspensions)
    by_month: dict[Month, int] = {}
    lines: list[Line] = []
    month = Month.of(facts.start)
    # A tariff month that was moved may end in the calendar month after that of the ending.
    last = facts.through if facts.end is None else min(facts.through, Month.of(facts.end).plus(1))
    while month <= last:
        for charge in month_charge(
            rule,
            month,
            facts.fee,
            facts.start,
            facts.end,
            option=facts.kind == "option",
            yearly=facts.per == "year",
            cycle_day=facts.cycle_day,
            moved=facts.moved,
            free=free,
        ):
            by_month[month] = by_month.get(month, 0) + charge.amount
            lines += as_lines(rule, charge)
        month = month.plus(1)
    by_month = {month: amount for month, amount in by_month.items() if amount}
    return PeriodicChargeResult(
        article=rule.article, lines=tuple(lines), total=sum(by_month.values()), by_month=by_month
    )


def as_lines(rule: PeriodicCharge, charge: MonthCharge) -> tuple[Line, ...]:
    """A charge in the form in which it is stored and shown, after the tariff month that was cut, where one was."""
    whole = charge.days == charge.of_days
    line = Line(
        text="charge_whole" if whole else "charge_days",
        article=rule.article,
        from_=charge.from_,
        to=charge.to,
        days=charge.days,
        rate=None if whole else f"{charge.days}/{charge.of_days}",
        amount=charge.amount,
    )
    if charge.cut is None or rule.first_day_article is None:
        return (line,)
    cut = charge.cut
    return (
        Line(
            text="tariff_month_cut",
            article=rule.first_day_article,
            from_=cut.from_,
            to=cut.to,
            days=cut.of_days,
        ),
        line,
    )


def month_charge(
    rule: PeriodicCharge,
    month: Month,
    fee: int,
    start: date,
    end: date | None = None,
    *,
    option: bool = False,
    yearly: bool = False,
    cycle_day: int | None = None,
    moved: tuple[date, ...] = (),
    free: Sequence[Stretch] = (),
    cuts: Sequence[date] = (),
) -> tuple[MonthCharge, ...]:
    """What one item is charged in one calendar month: nothing, one charge, or two where two tariff months begin in it.

    For billing runs: no result objects, no checks of the facts. ``free`` comes from ``free_days`` and is mostly empty, and so
    is ``moved``: with it, days are charged by the tariff months that end in the calendar month. ``cuts``: days, in order, up
    to which days were charged out of turn; the charge comes in pieces that add up to the whole.
    FactsError for a yearly fee where the document has none.
    """
    if moved and rule.first_day_article and not yearly:
        return tuple(
            piece._replace(cut=each if each.cut else None)
            for each in tariff_months_ending(month, moved)
            for charge in days_charge(rule, fee, start, end, each.from_, each.to, each.of_days, free)
            for piece in in_pieces(rule, fee, charge, cuts, free)
        )
    first, stop, length = bounds(month)
    if start >= stop or (end is not None and end < first):
        return ()
    if yearly or rule.basis == "tariff_month":
        require(rule.annual or not yearly, f"{rule.article} knows no fee by the year")
        own_day = start.day if yearly or cycle_day is None else cycle_day
        return accruals(fee, start, end, first, stop, own_day, yearly, free)
    if rule.basis == "calendar_month":
        late = (rule.option_first_month if option else rule.first_month) == "next"
        if (late and start >= first) or (free and free_within(free, first, stop) == length):
            return ()
        return (MonthCharge(fee, first, stop, length, length),)
    whole = days_charge(rule, fee, start, end, first, stop, length, free)
    return (
        tuple(piece for charge in whole for piece in in_pieces(rule, fee, charge, cuts, free))
        if cuts
        else whole
    )


def days_charge(
    rule: PeriodicCharge,
    fee: int,
    start: date,
    end: date | None,
    first: date,
    stop: date,
    length: int,
    free: Sequence[Stretch],
) -> tuple[MonthCharge, ...]:
    """The days of service within [first, stop), of a month that has ``length`` days."""
    # where the ending day is not charged, a service that starts and ends on one day still counts that day
    from_ = first if start < first else start
    to = stop if end is None else min(stop, end + DAY if rule.end_day_charged or end == start else end)
    days = (to - from_).days - (free_within(free, from_, to) if free else 0)
    if days <= 0:
        return ()
    if days == length:
        return (MonthCharge(fee, from_, to, days, length),)
    base = length if rule.day_base == "calendar" else 30
    days = min(days, base)
    # whole numbers where they suffice: this line runs for every part month of a billing run
    amount = fee * days // base if rule.rounding == "down" else yen(Fraction(fee * days, base), rule.rounding)
    return (MonthCharge(amount, from_, to, days, base),)


def in_pieces(
    rule: PeriodicCharge, fee: int, charge: MonthCharge, cuts: Sequence[date], free: Sequence[Stretch]
) -> Iterator[MonthCharge]:
    """A charge of days, cut at these days: each piece is what the days so far come to, less the pieces before it."""
    inside = [day for day in cuts if charge.from_ < day < charge.to]
    days = before = 0
    for from_, to in pairwise([charge.from_, *inside, charge.to]):
        own = (to - from_).days - (free_within(free, from_, to) if free else 0)
        days += own
        so_far = charge.amount
        if to != charge.to:
            so_far = yen(Fraction(fee * min(days, charge.of_days), charge.of_days), rule.rounding)
        if own:
            yield MonthCharge(so_far - before, from_, to, own, charge.of_days)
        before = so_far


def accruals(
    fee: int,
    start: date,
    end: date | None,
    first: date,
    stop: date,
    cycle_day: int,
    yearly: bool,
    free: Sequence[Stretch],
) -> tuple[MonthCharge, ...]:
    """The whole fee on the first day of service and of each tariff month or year that begins in [first, stop)."""
    found = []
    for day in {start, next_start(start, first, cycle_day, yearly)}:
        if first <= day < stop and day >= start and (end is None or day <= end):
            to = (
                add_months(start, 12 * (day.year - start.year + 1))
                if yearly
                else tariff_month_end(day, cycle_day)
            )
            days = (to - day).days
            if not free or free_within(free, day, to) < days:
                found.append(MonthCharge(fee, day, to, days, days))
    return tuple(sorted(found))


@lru_cache(maxsize=4096)
def next_start(start: date, first: date, cycle_day: int, yearly: bool) -> date:
    """The day in the calendar month of ``first`` on which a tariff month or year begins; ``start`` where none does."""
    if yearly and first.month != start.month:
        return start
    return Month.of(first).day(cycle_day)


def free_days(
    rule: PeriodicCharge, pauses: Sequence[Stretch], suspensions: Sequence[Stretch]
) -> tuple[Stretch, ...]:
    """The stretches for which this document charges nothing, in order and without overlap."""
    chosen = [*(() if rule.pause_charged else pauses), *(() if rule.suspension_charged else suspensions)]
    joined: list[Stretch] = []
    for stretch in sorted(chosen, key=lambda item: item.from_):
        if joined and stretch.from_ <= joined[-1].to:
            joined[-1] = Stretch(from_=joined[-1].from_, to=max(stretch.to, joined[-1].to))
        else:
            joined.append(stretch)
    return tuple(joined)


def free_within(free: Sequence[Stretch], from_: date, to: date) -> int:
    """How many days of [from_, to) are free of charge."""
    return sum(max(0, (min(to, stretch.to) - max(from_, stretch.from_)).days) for stretch in free)


@lru_cache(maxsize=1024)
def bounds(month: Month) -> tuple[date, date, int]:
    """First day, open end and length of a calendar month."""
    return month.first, month.end, month.days
