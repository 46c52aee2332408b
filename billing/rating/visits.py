"""What a visit in vain costs (派遣に要した費用): the tariff of the day, taxed on the invoice."""

from collections.abc import Iterator

from billing.rating.charge import RatedCharge
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.facts import ContractFacts
from billing.rating.one_off import japan_day, one_off
from billing.rating.rulebook import RuleBook


def visit_charges(book: RuleBook, contract: ContractFacts) -> Iterator[RatedCharge]:
    """The dispatch fee of each visit that the subscriber pays for. RatingError where no tariff has it."""
    for visit in contract.visits:
        on = japan_day(visit.closed)
        fees = book.prices.of_kind(contract.terms_code, "dispatch")
        if not fees:
            raise RatingError(
                gettext_noop("No tariff of %(terms)s has a dispatch fee. Enter one."),
                terms=contract.terms_code,
            )
        for fee in fees:
            yield one_off(
                book,
                kind="dispatch",
                name=fee.name,
                source=f"ticket:{visit.ticket_id}",
                on=on,
                amount=fee.on(on),
                article=visit.article,
                tariff_id=fee.tariff_id,
                tax_category=fee.tax_category,
            )
