"""What an accepted request costs by itself: handling fees (手続に関する料金), given back where the document says so, and
what else the tariff asks for on its occasion, such as a different route (hikari-line 40)."""

from collections.abc import Iterator

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts, RequestFacts
from billing.rating.one_off import one_off
from billing.rating.rulebook import RuleBook
from terms.result import Line
from terms.rules.handling_fee import HandlingFee, HandlingFeeFacts, handling_fee


def handling_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The handling fees of accepted requests, and what goes back of those that were given up."""
    no_lines: tuple[Line, ...] = ()
    for request in contract.requests:
        rule = book.rule(contract.terms_code, request.accepted_on, HandlingFee)
        stays, refund_lines = True, no_lines
        if rule and request.given_up:
            result = handling_fee(rule, HandlingFeeFacts(fee=request.charged, begun=request.begun))
            stays, refund_lines = result.due, result.lines
        if stays and not request.charged:
            yield from _fees(book, contract, request)
        elif not stays and request.charged and rule and request.given_up:
            yield one_off(
                book,
                kind="adjustment",
                name="手続料の返還",
                source=f"request:{request.request_id}",
                on=request.given_up,
                amount=-request.charged,
                article=rule.article,
                lines=refund_lines,
            )


# The kind of tariff, and the kind of charge that comes of it.
_ON_ACCEPTANCE = (("handling", "handling"), ("other", "construction"))


def _fees(book: RuleBook, contract: ContractFacts, request: RequestFacts) -> Iterator[RatedCharge]:
    due = [
        (kind, fee)
        for tariff_kind, kind in _ON_ACCEPTANCE
        for fee in book.prices.for_occasion(contract.terms_code, tariff_kind, request.kind)
    ]
    for kind, fee in due:
        amount = fee.on(request.accepted_on)
        if amount:
            yield one_off(
                book,
                kind=kind,
                name=fee.name,
                source=f"request:{request.request_id}",
                on=request.accepted_on,
                amount=amount,
                article=fee.rests_on,
                tariff_id=fee.tariff_id,
                tax_category=fee.tax_category,
            )
