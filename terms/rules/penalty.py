"""Penalty on charges evaded unlawfully (割増金)."""

from dataclasses import dataclass
from decimal import Decimal

from terms.article import ArticleRef
from terms.facts import not_negative, require
from terms.result import Line, Result
from terms.rounding import ChargeRounding, shares


@dataclass(frozen=True, kw_only=True)
class Penalty:
    """``multiple`` of the evaded sum, plus tax; ``untaxed_without_tax``: none on what was not taxable to begin with.

    A multiple of 0 says that the document has no penalty.
    """

    article: ArticleRef
    multiple: int
    untaxed_without_tax: bool
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class PenaltyFacts:
    """``evaded`` yen without tax; whether that charge is ``taxable``, and the ``tax_rate`` in force."""

    evaded: int
    taxable: bool = True
    tax_rate: Decimal = Decimal("0.10")

    def __post_init__(self) -> None:
        not_negative(evaded=self.evaded)
        require(self.tax_rate >= 0, f"tax_rate is {self.tax_rate}; it cannot be below 0")


@dataclass(frozen=True, kw_only=True)
class PenaltyResult(Result):
    """``amount`` in yen, besides the evaded sum itself."""

    amount: int


def penalty(rule: Penalty, facts: PenaltyFacts) -> PenaltyResult:
    """What is due besides the evaded sum."""
    taxed = facts.taxable or not rule.untaxed_without_tax
    net = facts.evaded * rule.multiple
    net_yen, tax_yen = shares([net, net * facts.tax_rate if taxed else 0], rule.rounding)
    lines = [Line(text="penalty", article=rule.article, rate=str(rule.multiple), amount=net_yen)]
    if taxed:
        lines.append(Line(text="tax", article=rule.article, rate=str(facts.tax_rate), amount=tax_yen))
    return PenaltyResult(article=rule.article, lines=tuple(lines), amount=net_yen + tax_yen)
