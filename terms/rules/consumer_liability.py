"""How far the operator is liable to a consumer beyond outages (消費者契約における責任の上限)."""

from dataclasses import dataclass

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class ConsumerLiability:
    """Direct ordinary loss up to so many ``monthly_fees``; no limit for intent or gross negligence."""

    article: ArticleRef
    monthly_fees: int


@dataclass(frozen=True, kw_only=True)
class ConsumerLiabilityFacts:
    """The direct ordinary ``loss``, and the monthly ``fee`` of the service most concerned, in yen."""

    loss: int
    fee: int
    gross_negligence: bool = False

    def __post_init__(self) -> None:
        not_negative(loss=self.loss, fee=self.fee)


@dataclass(frozen=True, kw_only=True)
class ConsumerLiabilityResult(Result):
    """The ``amount`` in yen owed; ``limit`` None where there is no limit."""

    limit: int | None
    amount: int


def consumer_liability(rule: ConsumerLiability, facts: ConsumerLiabilityFacts) -> ConsumerLiabilityResult:
    """The loss, no more than the limit."""
    limit = None if facts.gross_negligence else facts.fee * rule.monthly_fees
    amount = facts.loss if limit is None else min(facts.loss, limit)
    line = Line(
        text="liability_unlimited" if limit is None else "liability_limited",
        article=rule.article,
        rate=None if limit is None else str(rule.monthly_fees),
        amount=amount,
    )
    return ConsumerLiabilityResult(article=rule.article, lines=(line,), limit=limit, amount=amount)
