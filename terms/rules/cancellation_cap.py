"""How much an operator may claim for an ending (契約の解除に伴い請求できる額の上限)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from terms.article import ArticleRef
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen


@dataclass(frozen=True, kw_only=True)
class CancellationCap:
    """For contracts made ``since`` that day, corporations apart: ``monthly_fees``, and installation costs that decline."""

    article: ArticleRef
    since: date
    monthly_fees: int
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class CancellationCapFacts:
    """The ``claim`` in yen besides charges for use; the ``monthly_fee`` with lasting discounts taken off; the cost of
    installation (``works_cost``) spread over ``works_months``, ended in the ``month_of_use`` (1 is the first)."""

    claim: int
    monthly_fee: int
    contracted: date
    corporation: bool = False
    works_cost: int = 0
    works_months: int = 1
    month_of_use: int = 1

    def __post_init__(self) -> None:
        not_negative(claim=self.claim, monthly_fee=self.monthly_fee, works_cost=self.works_cost)
        require(
            self.works_months >= 1 and self.month_of_use >= 1, "works_months and month_of_use are 1 or more"
        )


@dataclass(frozen=True, kw_only=True)
class CancellationCapResult(Result):
    """What may be claimed (``amount``), and the ``limit``, None where the law sets none."""

    limit: int | None
    amount: int


def cancellation_cap(rule: CancellationCap, facts: CancellationCapFacts) -> CancellationCapResult:
    """The claim, no more than the law allows. In month 10 of 24 the works count for (24 - 9)/24."""
    if facts.corporation or facts.contracted < rule.since:
        line = Line(text="cancellation_not_capped", article=rule.article, amount=facts.claim)
        return CancellationCapResult(article=rule.article, lines=(line,), limit=None, amount=facts.claim)
    left = max(0, facts.works_months - (facts.month_of_use - 1))
    limit = facts.monthly_fee * rule.monthly_fees + yen(
        Fraction(facts.works_cost * left, facts.works_months), rule.rounding
    )
    amount = min(facts.claim, limit)
    line = Line(
        text="cancellation_capped", article=rule.article, rate=f"{left}/{facts.works_months}", amount=amount
    )
    return CancellationCapResult(article=rule.article, lines=(line,), limit=limit, amount=amount)
