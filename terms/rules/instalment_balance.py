"""What is left of works paid in instalments (工事費の割賦残債)."""

from dataclasses import dataclass
from typing import Literal

from terms.article import ArticleRef
from terms.facts import require
from terms.result import Line, Result


@dataclass(frozen=True, kw_only=True)
class Plan:
    """``count`` instalments in yen: the ``first``, then ``following`` each."""

    first: int
    following: int
    count: int

    def paid(self, instalments: int) -> int:
        """Yen paid with so many instalments."""
        return self.first + self.following * (instalments - 1) if instalments else 0


@dataclass(frozen=True, kw_only=True)
class InstalmentBalance:
    """The plans by kind of dwelling. On cancellation the balance falls due at once, also by relocation or change of plan."""

    article: ArticleRef
    detached: Plan
    collective: Plan


@dataclass(frozen=True, kw_only=True)
class InstalmentBalanceFacts:
    """Which plan, and how many instalments were paid."""

    dwelling: Literal["detached", "collective"]
    paid_count: int


@dataclass(frozen=True, kw_only=True)
class InstalmentBalanceResult(Result):
    """The ``balance`` in yen."""

    balance: int


def instalment_balance(rule: InstalmentBalance, facts: InstalmentBalanceFacts) -> InstalmentBalanceResult:
    """The unpaid rest. FactsError for a count that the plan does not have."""
    plan = rule.detached if facts.dwelling == "detached" else rule.collective
    require(
        0 <= facts.paid_count <= plan.count,
        f"paid_count is {facts.paid_count}; the plan has {plan.count} instalments",
    )
    lines = (
        Line(text="instalments_in_all", article=rule.article, amount=plan.paid(plan.count)),
        Line(
            text="instalments_paid",
            article=rule.article,
            rate=str(facts.paid_count),
            amount=-plan.paid(facts.paid_count),
        ),
    )
    return InstalmentBalanceResult(
        article=rule.article, lines=lines, balance=sum(line.amount for line in lines)
    )
