"""The fee of the last line left in its group, which takes the place of the item's own from the day that the rule gives."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts, ProductSpan
from billing.rating.prices import Fee, Price, PriceBook
from billing.rating.rulebook import RuleBook
from terms.rules.single_line_fee import (
    SingleLineFee,
    SingleLineFeeFacts,
    SingleLineFeeResult,
    single_line_fee,
)

KIND = "single_line"


@dataclass(frozen=True)
class Alone:
    """``contract`` as one whose item changes on the day from which the fee applies, to one that ``book`` has at that fee."""

    book: RuleBook
    contract: ContractFacts
    result: SingleLineFeeResult

    def explained(self, charge: RatedCharge) -> RatedCharge:
        """The charge with what it rests on; others than the fee itself as they are."""
        if charge.kind != KIND:
            return charge
        return charge._replace(
            article=str(self.result.article), explanation=(*charge.explanation, *self.result.lines)
        )


def alone(book: RuleBook, contract: ContractFacts) -> Alone | None:
    """How the last line of its group is charged; None for any other, and under a document without such a fee.

    RatingError where no tariff stands for the fee.
    """
    single = contract.single
    rule = single and book.rule(contract.terms_code, single.told_on, SingleLineFee)
    if single is None or rule is None:
        return None
    result = single_line_fee(
        rule, SingleLineFeeFacts(notified=single.told_on, maintenance=single.maintenance)
    )
    found = book.prices.for_occasion(contract.terms_code, KIND, single.maintenance)
    if not found:
        raise RatingError(
            gettext_noop(
                "There is no tariff for the single-line fee of %(maintenance)s under “%(terms)s”. Enter one."
            ),
            maintenance=single.maintenance,
            terms=contract.terms_code,
        )
    # The document says the amount; the tariff, under which name it stands on the invoice.
    fee = replace(found[0], prices=(Price(date.min, result.fee),))
    products = contract.products or (ProductSpan(contract.product_id, date.min, None),)
    ids = {span.product_id for span in products}
    prices = PriceBook((*book.prices.fees, *(each for one in ids for each in _alone(book, one, fee))))
    spans = tuple(_cut(products, result.applies_from))
    return Alone(book.at_prices(prices), contract._replace(products=spans, single=None), result)


def _alone(book: RuleBook, product_id: int, single: Fee) -> Iterable[Fee]:
    """The fees of an item as that of a single line, under the negative of its id: the fee for its own, the levies as they are."""
    yield replace(single, product_id=-product_id)
    for fee in book.prices.of_product(product_id):
        if fee.kind != "base":
            yield replace(fee, product_id=-product_id)


def _cut(products: Iterable[ProductSpan], day: date) -> Iterable[ProductSpan]:
    """The days of each item, from ``day`` on as that of a single line."""
    for span in products:
        if span.from_ < day:
            yield span._replace(to=day if span.to is None or span.to > day else span.to)
        if span.to is None or span.to > day:
            yield ProductSpan(-span.product_id, max(span.from_, day), span.to)
