"""What works cost by the time at which they are done (工事費, 割増工事費)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from decimal import Decimal

from terms.article import ArticleRef
from terms.calendar import is_holiday, japan_clock
from terms.facts import not_negative
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen


@dataclass(frozen=True, kw_only=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int


@dataclass(frozen=True, kw_only=True)
class TimeBand:
    """Works begun in [``from_``, ``to``) cost ``multiplier`` times the part above ``excluded``; a band may run past midnight.

    ``year_end_from``: on the days of the year's end it begins at this time instead.
    """

    from_: time
    to: time
    multiplier: Decimal
    excluded: int
    year_end_from: time | None = None

    def holds(self, at: time, *, year_end: bool) -> bool:
        """Whether a time of day lies in the band."""
        start = self.year_end_from if year_end and self.year_end_from else self.from_
        return start <= at < self.to if start < self.to else at >= start or at < self.to


@dataclass(frozen=True, kw_only=True)
class ConstructionFee:
    """``bands``: the first that holds the time applies. The weekend surcharge is added on Saturdays, Sundays, holidays and
    the ``year_end`` days, unless basic and exchange works come to exactly ``surcharge_exempt``."""

    article: ArticleRef
    bands: tuple[TimeBand, ...]
    year_end: tuple[MonthDay, ...]
    tax_rate: Decimal
    surcharge_exempt: int | None = None
    rounding: ChargeRounding

    def is_year_end(self, day: date) -> bool:
        """Whether a day is one of the year's end days of the document."""
        return any((item.month, item.day) == (day.month, day.day) for item in self.year_end)


@dataclass(frozen=True, kw_only=True)
class ConstructionFeeFacts:
    """Yen without tax: ``base`` is the sum of the works, of which ``basic_and_exchange`` decides the exemption; ``at`` when
    they were done. ``unfinished_by_operator``: left unfinished by the operator's fault, so no appointed-time fee."""

    base: int
    at: datetime
    basic_and_exchange: int | None = None
    weekend_surcharge: int = 0
    appointed_time_fee: int = 0
    unfinished_by_operator: bool = False

    def __post_init__(self) -> None:
        not_negative(
            base=self.base,
            basic_and_exchange=self.basic_and_exchange,
            weekend_surcharge=self.weekend_surcharge,
            appointed_time_fee=self.appointed_time_fee,
        )


@dataclass(frozen=True, kw_only=True)
class ConstructionFeeResult(Result):
    """Yen without tax (``net``) and with tax (``gross``)."""

    net: int
    gross: int


def construction_fee(rule: ConstructionFee, facts: ConstructionFeeFacts) -> ConstructionFeeResult:
    """The works by their time of day, then the weekend surcharge, then the appointed-time fee, then tax."""
    at = japan_clock(facts.at)
    year_end = rule.is_year_end(at.date())
    lines = [works(rule, facts.base, at.time(), year_end=year_end)]
    exempt_sum = facts.base if facts.basic_and_exchange is None else facts.basic_and_exchange
    if (
        (year_end or at.weekday() >= 5 or is_holiday(at.date()))
        and exempt_sum != rule.surcharge_exempt
        and facts.weekend_surcharge
    ):
        lines.append(Line(text="weekend_surcharge", article=rule.article, amount=facts.weekend_surcharge))
    if facts.appointed_time_fee and not facts.unfinished_by_operator:
        lines.append(Line(text="appointed_time", article=rule.article, amount=facts.appointed_time_fee))
    net = sum(line.amount for line in lines)
    tax = yen(net * rule.tax_rate, rule.rounding)
    lines.append(Line(text="tax", article=rule.article, rate=str(rule.tax_rate), amount=tax))
    return ConstructionFeeResult(article=rule.article, lines=tuple(lines), net=net, gross=net + tax)


def works(rule: ConstructionFee, base: int, at: time, *, year_end: bool) -> Line:
    """The sum of the works at that time of day. What is excluded from the multiplier is never more than the works cost."""
    band = next((band for band in rule.bands if band.holds(at, year_end=year_end)), None)
    if band is None:
        return Line(text="works", article=rule.article, amount=base)
    excluded = min(band.excluded, base)
    amount = yen((base - excluded) * band.multiplier + excluded, rule.rounding)
    return Line(text="works_by_time", article=rule.article, rate=str(band.multiplier), amount=amount)
