"""What a metered charge is taken to be for days the meter missed (機器の故障等で把握できなかった場合)."""

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from terms.article import ArticleRef
from terms.errors import FactsError
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen


@dataclass(frozen=True, kw_only=True)
class MeteringEstimate:
    """The lowest daily average of the ``months`` tariff months before; where they are not all known, the average to date."""

    article: ArticleRef
    months: int
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class MeteringEstimateFacts:
    """``daily_averages`` in yen, exactly, of the tariff months before the one in which the failure began, and the ``days`` missed.

    With fewer months: ``charged_so_far`` yen in ``days_so_far`` days until the failure.
    """

    days: int
    daily_averages: tuple[Decimal | Fraction, ...] = ()
    charged_so_far: int | None = None
    days_so_far: int | None = None

    def __post_init__(self) -> None:
        not_negative(days=self.days, charged_so_far=self.charged_so_far)
        require(all(average >= 0 for average in self.daily_averages), "daily_averages cannot be below 0")


@dataclass(frozen=True, kw_only=True)
class MeteringEstimateResult(Result):
    """``amount`` in yen for the days missed."""

    amount: int


def metering_estimate(rule: MeteringEstimate, facts: MeteringEstimateFacts) -> MeteringEstimateResult:
    """The estimate. FactsError where neither a full year of averages nor the charges to date are known."""
    if len(facts.daily_averages) >= rule.months:
        average = Fraction(min(facts.daily_averages[-rule.months :]))
    elif facts.charged_so_far is not None and facts.days_so_far:
        average = Fraction(facts.charged_so_far, facts.days_so_far)
    else:
        raise FactsError(
            f"daily_averages has {len(facts.daily_averages)} of {rule.months} months; "
            "give all of them, or charged_so_far and days_so_far"
        )
    amount = yen(average * facts.days, rule.rounding)
    line = Line(
        text="metering_estimate", article=rule.article, days=facts.days, rate=str(average), amount=amount
    )
    return MeteringEstimateResult(article=rule.article, lines=(line,), amount=amount)
