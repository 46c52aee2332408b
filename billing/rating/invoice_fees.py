"""What each invoice bears for a choice of the subscriber, where the tariff of the document has a fee for it: sent by post
(請求書発行手数料), asked for by account transfer (口座振替手数料)."""

from collections.abc import Iterator, Sequence
from datetime import date
from decimal import Decimal
from functools import lru_cache

from billing.rating.charge import RatedCharge
from billing.rating.facts import ContractFacts
from billing.rating.prices import Fee
from billing.rating.rulebook import RuleBook
from terms.calendar import Month
from terms.result import Line

OCCASIONS = {"letter": "invoice_letter", "transfer": "account_transfer"}
"""What the tariff of such a fee is due for, by the kind of choice, which is the source of the fee."""


def invoice_fees(
    book: RuleBook, contract: ContractFacts, choices: Sequence[str], charges: Sequence[RatedCharge]
) -> Iterator[RatedCharge]:
    """The fees of the invoice for the last of the contract's months, if it asks for anything; ``choices``: their kinds, as
    of OCCASIONS.

    They are owed by whoever has the contract when the invoice is made: on the last day of the month. What a billing operator
    asks for stands on no such invoice.
    """
    days = (charge.asked_by_course_of for charge in charges if charge.amount > 0)
    ours = next((day for day in days if not contract.is_partner_priced(day)), None)
    if ours is None:
        return
    month = Month.of(contract.months[-1])
    for choice in choices:
        for fee in book.prices.for_occasion(contract.terms_code, "handling", OCCASIONS[choice]):
            if fee.on(month.last):
                yield _fee(fee, choice, month, ours, book.tax_rate(fee.tax_category, month.last))


# Very many invoices bear the same: those of a month share it.
@lru_cache(maxsize=64)
def _fee(fee: Fee, choice: str, month: Month, ours: date, tax_rate: Decimal) -> RatedCharge:
    article, amount = fee.rests_on, fee.on(month.last)
    return RatedCharge(
        kind="handling",
        name=fee.name,
        period_from=month.last,
        period_to=month.end,
        unit_price=amount,
        amount=amount,
        article=str(article),
        tariff_id=fee.tariff_id,
        source=choice,
        tax_category=fee.tax_category,
        tax_rate=tax_rate,
        explanation=(
            Line(text="charge_whole", article=article, from_=month.first, to=month.end, amount=amount),
        ),
        course_on=ours,
    )
