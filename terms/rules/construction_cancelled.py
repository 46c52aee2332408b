"""Works given up before they were finished (工事の着手前・着手後の解除等)."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen


@dataclass(frozen=True, kw_only=True)
class ConstructionCancelled:
    """Before the start nothing is owed. ``after_start``: the cost of the part begun, or the full fee; with tax either way."""

    article: ArticleRef
    after_start: Literal["started_part", "full_fee"]
    tax_rate: Decimal
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class ConstructionCancelledFacts:
    """``paid`` yen with tax; whether works had ``started``; ``cost_so_far`` of the part begun, without tax; the full ``fee``
    without tax, where what was paid is not the full fee."""

    paid: int
    started: bool
    cost_so_far: int = 0
    fee: int | None = None

    def __post_init__(self) -> None:
        not_negative(paid=self.paid, cost_so_far=self.cost_so_far, fee=self.fee)


@dataclass(frozen=True, kw_only=True)
class ConstructionCancelledResult(Result):
    """Yen with tax: the ``charge`` for the works, and the ``refund`` of what was paid beyond it."""

    refund: int
    charge: int


def construction_cancelled(
    rule: ConstructionCancelled, facts: ConstructionCancelledFacts
) -> ConstructionCancelledResult:
    """What is owed for the works and what goes back."""
    if not facts.started:
        charge, text = 0, "works_not_started"
    elif rule.after_start == "full_fee":
        charge, text = facts.paid if facts.fee is None else with_tax(rule, facts.fee), "works_full_fee"
    else:
        charge, text = with_tax(rule, facts.cost_so_far), "works_started_part"
    refund = max(0, facts.paid - charge)
    lines = [Line(text=text, article=rule.article, amount=charge)]
    if refund:
        lines.append(Line(text="refund", article=rule.article, amount=-refund))
    return ConstructionCancelledResult(article=rule.article, lines=tuple(lines), refund=refund, charge=charge)


def with_tax(rule: ConstructionCancelled, net: int) -> int:
    """A sum with tax added, rounded once."""
    return net + yen(net * rule.tax_rate, rule.rounding)
