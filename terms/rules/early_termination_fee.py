"""What a subscriber owes who ends within the base term (中途解約料金)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Literal

from terms.article import ArticleRef
from terms.calendar import DAY, add_months, period_end, tariff_month_end
from terms.errors import FactsError
from terms.facts import not_negative, require, require_cycle_day
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen

Cause = Literal[
    "initial_cancellation",
    "subscriber",
    "operator_default",
    "discontinuation",
    "anti_social_operator",
    "operator_ending",
    "anti_social_subscriber",
]


@dataclass(frozen=True, kw_only=True)
class CauseRule:
    """What the document says of one cause of ending, and where."""

    cause: Cause
    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class EarlyTerminationFee:
    """The fee of each whole tariff month or year after the one that holds the ending day.

    ``metered_day_factor``: an average day counts for so many where there was less than a month of use. ``free``: causes
    for which nothing is owed; ``at_once``: causes for which it falls due at once rather than by the ending day.
    """

    article: ArticleRef
    metered_day_factor: int
    free: tuple[CauseRule, ...] = ()
    at_once: tuple[CauseRule, ...] = ()
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class EarlyTerminationFeeFacts:
    """How it is paid, the ``fee`` in yen a month or year, the base term, and the last day of the contract.

    Metered: ``usage``, the totals of the whole months before the month of ``ends_on``; with less than one month of use,
    ``charged_so_far`` in ``days_so_far``. ``cycle_day`` on which tariff months start; without it the day of ``term_start``.
    """

    payment: Literal["monthly", "annual", "metered"]
    term_start: date
    term_months: int
    ends_on: date
    fee: int | None = None
    usage: tuple[int, ...] = ()
    charged_so_far: int | None = None
    days_so_far: int | None = None
    cause: Cause = "subscriber"
    cycle_day: int | None = None

    def __post_init__(self) -> None:
        not_negative(fee=self.fee, charged_so_far=self.charged_so_far)
        require_cycle_day(self.cycle_day)
        require(self.term_months > 0, f"term_months is {self.term_months}; it must be 1 or more")
        require(
            self.ends_on >= self.term_start,
            f"ends_on {self.ends_on} lies before term_start {self.term_start}",
        )


@dataclass(frozen=True, kw_only=True)
class EarlyTerminationFeeResult(Result):
    """``remaining`` months (years of an annual fee) and the ``amount`` in yen; ``due`` at once or by the ending day."""

    remaining: int
    amount: int
    due: Literal["at_once", "ending_day"]


def early_termination_fee(
    rule: EarlyTerminationFee, facts: EarlyTerminationFeeFacts
) -> EarlyTerminationFeeResult:
    """The fee; 0 after the base term. FactsError where a figure is missing that the amount needs."""
    remaining = remaining_periods(facts)
    freed = next((item.article for item in rule.free if item.cause == facts.cause), None)
    hurried = next((item.article for item in rule.at_once if item.cause == facts.cause), None)
    amount = 0 if freed or not remaining else yen(unit_fee(rule, facts) * remaining, rule.rounding)
    line = Line(
        text=f"early_termination_{'free' if freed else facts.payment}",
        article=freed or hurried or rule.article,
        from_=facts.ends_on,
        rate=str(remaining),
        amount=amount,
    )
    return EarlyTerminationFeeResult(
        article=rule.article,
        lines=(line,),
        remaining=remaining,
        amount=amount,
        due="at_once" if hurried else "ending_day",
    )


def remaining_periods(facts: EarlyTerminationFeeFacts) -> int:
    """Whole tariff months of the base term after the one that holds the ending day; years are counted from its start."""
    term_ends = period_end(facts.term_start, facts.term_months)
    if facts.payment == "annual":
        years_begun = facts.ends_on.year - facts.term_start.year
        if facts.ends_on >= add_months(facts.term_start, 12 * years_begun):
            years_begun += 1
        return max(0, facts.term_months // 12 - years_begun)
    cycle_day = facts.term_start.day if facts.cycle_day is None else facts.cycle_day
    remaining, end = 0, tariff_month_end(tariff_month_end(facts.ends_on, cycle_day), cycle_day)
    while end - DAY <= term_ends:
        remaining, end = remaining + 1, tariff_month_end(end, cycle_day)
    return remaining


def unit_fee(rule: EarlyTerminationFee, facts: EarlyTerminationFeeFacts) -> Fraction:
    """Yen for each remaining month or year."""
    if facts.payment != "metered":
        if facts.fee is None:
            raise FactsError(f"a {facts.payment} payment needs fee")
        return Fraction(facts.fee)
    if facts.usage:
        return Fraction(sum(facts.usage), len(facts.usage))
    if facts.charged_so_far is None or not facts.days_so_far or facts.days_so_far < 0:
        raise FactsError(
            "a metered payment needs usage, or charged_so_far and days_so_far where there was less than a month of use"
        )
    return Fraction(facts.charged_so_far * rule.metered_day_factor, facts.days_so_far)
