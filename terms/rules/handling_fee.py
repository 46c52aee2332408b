"""Whether a handling fee goes back when the request is withdrawn (手続に関する料金)."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class HandlingFee:
    """Due on acceptance; not due, and paid back, when withdrawn before the "work" or the "procedure" began, or "never"."""

    article: ArticleRef
    refund_before: Literal["work", "procedure", "never"]


@dataclass(frozen=True, kw_only=True)
class HandlingFeeFacts:
    """The ``fee`` in yen; whether the work or the procedure, whichever the document names, had ``begun``."""

    fee: int
    begun: bool

    def __post_init__(self) -> None:
        not_negative(fee=self.fee)


@dataclass(frozen=True, kw_only=True)
class HandlingFeeResult(Result):
    """Whether the fee stays ``due`` after the withdrawal, and the ``refund`` in yen if it was paid."""

    due: bool
    refund: int


def handling_fee(rule: HandlingFee, facts: HandlingFeeFacts) -> HandlingFeeResult:
    """What becomes of the fee of a request that is withdrawn or whose contract is ended."""
    due = facts.begun or rule.refund_before == "never"
    line = Line(
        text="handling_fee_stays" if due else "handling_fee_back",
        article=rule.article,
        amount=0 if due else facts.fee,
    )
    return HandlingFeeResult(article=rule.article, lines=(line,), due=due, refund=line.amount)
