"""Dated prices, arranged so that a run finds them without asking anybody."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property

from billing.rating.errors import RatingError, gettext_noop
from terms.article import ArticleRef
from terms.overrides import Agreed


@dataclass(frozen=True, slots=True)
class Price:
    """Yen without tax from a day on."""

    valid_from: date
    amount: int


@dataclass(frozen=True)
class Fee:
    """One tariff with its prices, the latest first."""

    tariff_id: int
    code: str
    terms_code: str
    product_id: int | None
    kind: str
    name: str
    occasion: str
    tax_category: str
    article: str
    prices: tuple[Price, ...]

    @property
    def rests_on(self) -> ArticleRef:
        """The article that makes the fee payable. RatingError where the tariff names none."""
        try:
            return ArticleRef.parse(self.article)
        except ValueError:
            raise RatingError(
                gettext_noop("Tariff “%(code)s” names no article that makes it payable. Enter one."),
                code=self.code,
            ) from None

    def on(self, day: date) -> int:
        """Yen without tax on a day. RatingError before the first price."""
        for price in self.prices:
            if price.valid_from <= day:
                return price.amount
        raise RatingError(
            gettext_noop("“%(name)s” (%(code)s) has no price on %(day)s. Enter one in the tariff."),
            name=self.name,
            code=self.code,
            day=day,
        )


@dataclass(frozen=True)
class PriceBook:
    """All fees, found by product, by code, or by what they are due for."""

    fees: tuple[Fee, ...]

    @cached_property
    def _by_code(self) -> dict[str, Fee]:
        return {fee.code: fee for fee in self.fees}

    @cached_property
    def _by_product(self) -> dict[int, list[Fee]]:
        found: dict[int, list[Fee]] = {}
        for fee in self.fees:
            if fee.product_id is not None:
                found.setdefault(fee.product_id, []).append(fee)
        return found

    @cached_property
    def _by_kind(self) -> dict[tuple[str, str], list[Fee]]:
        found: dict[tuple[str, str], list[Fee]] = {}
        for fee in self.fees:
            found.setdefault((fee.terms_code, fee.kind), []).append(fee)
        return found

    def of_product(self, product_id: int) -> list[Fee]:
        """What a product is charged each period: mostly one fee, with further ones such as a levy."""
        return self._by_product.get(product_id, [])

    def of_kind(self, terms_code: str, kind: str) -> list[Fee]:
        """The fees of one kind under one document."""
        return self._by_kind.get((terms_code, kind), [])

    def of_every_line(self, terms_code: str) -> list[Fee]:
        """The levies that each contract under a document pays, whatever its product."""
        return [fee for fee in self.of_kind(terms_code, "number_levy") if fee.product_id is None]

    def with_code(self, code: str) -> Fee:
        """The fee of a code. RatingError where no tariff has it."""
        try:
            return self._by_code[code]
        except KeyError:
            raise RatingError(
                gettext_noop("No tariff has the code “%(code)s”. Correct it, or enter the tariff."), code=code
            ) from None

    def as_agreed(self, agreements: Sequence[Agreed]) -> "PriceBook":
        """The book with the prices of individual agreements in their time. RatingError for a price of no tariff."""
        fees = {fee.code: fee for fee in self.fees}
        for agreed in sorted(each for each in agreements if each.stays is None):
            for code, amount in agreed.prices:
                self.with_code(code)
                fees[code] = _agreed(fees[code], agreed, amount)
        return PriceBook(tuple(fees.values()))

    def for_occasion(self, terms_code: str, kind: str, occasion: str) -> list[Fee]:
        """The one-off fees of a kind that are due on an occasion."""
        return [fee for fee in self.of_kind(terms_code, kind) if fee.occasion == occasion]


def latest_first(prices: Iterable[Price]) -> tuple[Price, ...]:
    """In the order in which ``Fee`` wants them."""
    return tuple(sorted(prices, key=lambda price: price.valid_from, reverse=True))


def _agreed(fee: Fee, agreed: Agreed, amount: int) -> Fee:
    """The fee at ``amount`` while the agreement is in force, and as it was before and afterwards."""
    prices = [price for price in fee.prices if not agreed.holds_on(price.valid_from)]
    prices.append(Price(agreed.since, amount))
    if agreed.until is not None:
        after = agreed.until + timedelta(days=1)
        known = [price for price in fee.prices if price.valid_from <= after]
        if known and all(price.valid_from != after for price in prices):
            prices.append(Price(after, known[0].amount))
    return replace(fee, prices=latest_first(prices))
