"""Which rules of which document apply to a month, looked up once for each run."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Protocol, TypeVar

from billing.rating.prices import PriceBook
from terms.errors import NoSuchRule
from terms.overrides import Agreed, as_agreed, version_day
from terms.pack import Pack
from terms.rules.consumption_tax import ConsumptionTax, tax_on

P = TypeVar("P")


class RuleFor(Protocol):
    """The parameters of a rule: the document's, or the law's. NoSuchRule where neither has it."""

    def __call__(self, pack: Pack, rule: type[P], /) -> P: ...


PackFor = Callable[[str, date], Pack]
RateOn = Callable[[date], Decimal]


class RuleBook:
    """Documents, prices and tax rates of one run. ``pack_for`` and ``rate_on`` answer date questions; nothing else changes.

    ``moved``: by document the days, in order, to which the operator moved the first day of its tariff months.
    """

    def __init__(
        self,
        *,
        prices: PriceBook,
        pack_for: PackFor,
        rule_for: RuleFor,
        rate_on: RateOn,
        moved: Mapping[str, tuple[date, ...]] | None = None,
    ) -> None:
        self.prices = prices
        self.moved = moved or {}
        self._pack_for = pack_for
        self._rule_for = rule_for
        self._rate_on = rate_on
        self._packs: dict[tuple[str, date], Pack] = {}
        self._rates: dict[date, Decimal] = {}
        self._taxes: dict[tuple[str, date, Decimal, int], int] = {}

    def under(self, agreements: Sequence[Agreed]) -> "RuleBook":
        """The same book for one contract with individual agreements: its documents and prices as agreed."""
        return RuleBook(
            prices=self.prices.as_agreed(agreements),
            pack_for=lambda code, on: as_agreed(self.pack(code, version_day(agreements, on)), agreements, on),
            rule_for=self._rule_for,
            rate_on=self._rate_on,
            moved=self.moved,
        )

    def at_prices(self, prices: PriceBook) -> "RuleBook":
        """The same book with other prices."""
        return RuleBook(
            prices=prices,
            pack_for=self._pack_for,
            rule_for=self._rule_for,
            rate_on=self._rate_on,
            moved=self.moved,
        )

    def pack(self, terms_code: str, on: date) -> Pack:
        """The version of a document in force on a day."""
        key = (terms_code, on)
        pack = self._packs.get(key)
        if pack is None:
            pack = self._packs[key] = self._pack_for(terms_code, on)
        return pack

    def rule(self, terms_code: str, on: date, rule: type[P]) -> P | None:
        """The document's rule, or the law's, or None where neither says anything."""
        try:
            return self._rule_for(self.pack(terms_code, on), rule)
        except NoSuchRule:
            return None

    def tax_rate(self, category: str, on: date) -> Decimal:
        """The rate of consumption tax on a day; 0 for what is not taxed."""
        if category != "standard":
            return Decimal(0)
        rate = self._rates.get(on)
        if rate is None:
            rate = self._rates[on] = self._rate_on(on)
        return rate

    def tax(self, terms_code: str, on: date, rate: Decimal, net: int) -> int:
        """Consumption tax on the sum of the lines of one rate."""
        key = (terms_code, on, rate, net)
        tax = self._taxes.get(key)
        if tax is None:
            rule = self.rule(terms_code, on, ConsumptionTax)
            assert rule is not None, "the law has a rule for consumption tax"
            tax = self._taxes[key] = tax_on(rule, net, rate)
        return tax
