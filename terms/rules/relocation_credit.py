"""What need not be paid while a line is being moved (利用回線の移転等に伴う利用できない期間)."""

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from terms.article import ArticleRef
from terms.calendar import Month
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import CreditRounding, shares


@dataclass(frozen=True, kw_only=True)
class RelocationCredit:
    """``credited``: the days without service are free; otherwise they are charged on, as in a pause."""

    article: ArticleRef
    credited: bool
    rounding: CreditRounding


@dataclass(frozen=True, kw_only=True)
class RelocationCreditFacts:
    """``fee`` in yen a month; out of use from ``unusable_from`` until usable again on ``usable_again``; or only because the
    subscriber did not use it (``by_customer``)."""

    fee: int
    unusable_from: date
    usable_again: date
    by_customer: bool = False

    def __post_init__(self) -> None:
        not_negative(fee=self.fee)
        require(
            self.usable_again >= self.unusable_from,
            f"usable_again {self.usable_again} lies before unusable_from {self.unusable_from}",
        )


@dataclass(frozen=True, kw_only=True)
class RelocationCreditResult(Result):
    """``amount`` in yen for so many ``days``."""

    days: int
    amount: int


def relocation_credit(rule: RelocationCredit, facts: RelocationCreditFacts) -> RelocationCreditResult:
    """From the first day without service through the day before it is back, by the calendar's share of each month."""
    if not rule.credited or facts.by_customer:
        line = Line(
            text="relocation_charged", article=rule.article, from_=facts.unusable_from, to=facts.usable_again
        )
        return RelocationCreditResult(article=rule.article, lines=(line,), days=0, amount=0)
    pieces = []
    start = facts.unusable_from
    while start < facts.usable_again:
        stop = min(facts.usable_again, Month.of(start).end)
        pieces.append((start, stop))
        start = stop
    exact = [Fraction(facts.fee * (to - from_).days, Month.of(from_).days) for from_, to in pieces]
    lines = tuple(
        Line(
            text="relocation_days",
            article=rule.article,
            from_=from_,
            to=to,
            days=(to - from_).days,
            rate=f"{(to - from_).days}/{Month.of(from_).days}",
            amount=amount,
        )
        for (from_, to), amount in zip(pieces, shares(exact, rule.rounding), strict=True)
    )
    return RelocationCreditResult(
        article=rule.article,
        lines=lines,
        days=(facts.usable_again - facts.unusable_from).days,
        amount=sum(line.amount for line in lines),
    )
