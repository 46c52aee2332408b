"""Consumption tax on an invoice (消費税相当額): once on the sum, never line by line."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from terms.article import ArticleRef
from terms.facts import require
from terms.result import Line, Result
from terms.rounding import ChargeRounding, yen


@dataclass(frozen=True, kw_only=True)
class ConsumptionTax:
    """Rounded once for each invoice and rate; the direction is free by law."""

    article: ArticleRef
    rounding: ChargeRounding


@dataclass(frozen=True, kw_only=True)
class ConsumptionTaxFacts:
    """The ``lines`` of one rate in yen without tax (credits below 0), and the ``rate`` in force."""

    lines: tuple[int, ...]
    rate: Decimal = Decimal("0.10")

    def __post_init__(self) -> None:
        require(0 <= self.rate < 1, f"rate is {self.rate}; write ten per cent as 0.10")


@dataclass(frozen=True, kw_only=True)
class ConsumptionTaxResult(Result):
    """The ``tax`` in yen on ``net`` yen."""

    net: int
    tax: int


def consumption_tax(rule: ConsumptionTax, facts: ConsumptionTaxFacts) -> ConsumptionTaxResult:
    """The tax on the sum of the lines."""
    net = sum(facts.lines)
    tax = tax_on(rule, net, facts.rate)
    line = Line(text="tax", article=rule.article, rate=str(facts.rate), amount=tax)
    return ConsumptionTaxResult(article=rule.article, lines=(line,), net=net, tax=tax)


def tax_on(rule: ConsumptionTax, net: int, rate: Decimal) -> int:
    """The same without a result object, for billing runs."""
    return yen(net * rate, rule.rounding)


def tax_by_rate(
    rule: ConsumptionTax, lines: Sequence[tuple[int, Decimal]]
) -> dict[Decimal, ConsumptionTaxResult]:
    """The tax of an invoice with several rates: yen without tax and rate of each line in, one result for each rate out."""
    sums: dict[Decimal, list[int]] = {}
    for net, rate in lines:
        sums.setdefault(rate, []).append(net)
    return {
        rate: consumption_tax(rule, ConsumptionTaxFacts(lines=tuple(nets), rate=rate))
        for rate, nets in sums.items()
    }
