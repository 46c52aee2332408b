"""What a payment is set against (充当): the debt that fell due first."""

from dataclasses import dataclass
from datetime import date

from terms.article import ArticleRef
from terms.facts import not_negative
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class PaymentAllocation:
    """In the order in which the debts fall due; of those due on one day, in the order given."""

    article: ArticleRef


@dataclass(frozen=True, kw_only=True)
class Debt:
    """``amount`` yen still owed, ``due`` on a day."""

    due: date
    amount: int

    def __post_init__(self) -> None:
        not_negative(amount=self.amount)


@dataclass(frozen=True, kw_only=True)
class PaymentAllocationFacts:
    """A ``payment`` in yen and the debts it may go to."""

    payment: int
    debts: tuple[Debt, ...]

    def __post_init__(self) -> None:
        not_negative(payment=self.payment)


@dataclass(frozen=True, kw_only=True)
class PaymentAllocationResult(Result):
    """Yen ``allocated`` to each debt, in the order given, and the ``rest`` that no debt takes."""

    allocated: tuple[int, ...]
    rest: int


def payment_allocation(rule: PaymentAllocation, facts: PaymentAllocationFacts) -> PaymentAllocationResult:
    """Fill the debts by due date until the payment is used up."""
    rest = facts.payment
    allocated = [0] * len(facts.debts)
    lines = []
    for place in sorted(range(len(facts.debts)), key=lambda place: facts.debts[place].due):
        debt = facts.debts[place]
        allocated[place] = min(rest, debt.amount)
        rest -= allocated[place]
        if allocated[place]:
            lines.append(
                Line(text="allocated", article=rule.article, from_=debt.due, amount=allocated[place])
            )
    return PaymentAllocationResult(
        article=rule.article, lines=tuple(lines), allocated=tuple(allocated), rest=rest
    )
