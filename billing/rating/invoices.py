"""The charges of one account, put on invoices: one for each document and who asks for the money, tax once per rate."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import NamedTuple

from billing.rating.rulebook import RuleBook


class Share(NamedTuple):
    """What one charge adds to an invoice."""

    terms_code: str
    partner_id: int | None
    tax_category: str
    tax_rate: Decimal
    amount: int


class TaxLine(NamedTuple):
    """Net and tax of one rate, in yen."""

    tax_category: str
    rate: Decimal
    net: int
    tax: int


class Draft(NamedTuple):
    """An invoice to be: its total in yen with tax."""

    terms_code: str
    partner_id: int | None
    taxes: tuple[TaxLine, ...]
    total: int


def invoices_of(book: RuleBook, on: date, shares: Iterable[Share]) -> list[Draft]:
    """The invoices of one account; ``on`` is the day whose tax rule applies.

    Where credits exceed the charges there is none: nobody is asked for less than nothing. These charges and credits
    wait for the next month.
    """
    sums: dict[tuple[str, int | None], dict[tuple[str, Decimal], int]] = {}
    for terms_code, partner_id, category, rate, amount in shares:
        nets = sums.setdefault((terms_code, partner_id), {})
        nets[category, rate] = nets.get((category, rate), 0) + amount
    drafts = []
    for (terms_code, partner_id), nets in sums.items():
        total, taxes = 0, []
        for (category, rate), net in sorted(nets.items()) if len(nets) > 1 else nets.items():
            tax = book.tax(terms_code, on, rate, net) if rate else 0
            taxes.append(TaxLine(category, rate, net, tax))
            total += net + tax
        if total >= 0:
            drafts.append(Draft(terms_code, partner_id, tuple(taxes), total))
    return drafts
