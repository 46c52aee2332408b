"""What can still be given back of an invoice, and the tax on it: pure sums over its lines and earlier credit notes."""

from collections.abc import Mapping
from decimal import Decimal
from typing import NamedTuple

from django.db.models import Sum

from billing.models import Charge, CreditNoteLine, CreditNoteTax, Invoice
from billing.rating.invoices import TaxLine
from terms.rules.consumption_tax import ConsumptionTax, tax_on


class Creditable(NamedTuple):
    """A line of an invoice and what is left of it, in yen without tax."""

    charge: Charge
    left: int


def creditable(invoice: Invoice) -> list[Creditable]:
    """The lines of which something is left to give back, in the order of the invoice."""
    charges = list(invoice.charges.order_by("contract_id", "id"))
    given = CreditNoteLine.objects.filter(charge__invoice=invoice).order_by().values_list("charge_id")
    sums = dict(given.annotate(Sum("amount")))
    found = [Creditable(charge, charge.amount - sums.get(charge.pk, 0)) for charge in charges]
    return [line for line in found if line.left]


def credit_taxes(invoice: Invoice, rule: ConsumptionTax, amounts: Mapping[Charge, int]) -> list[TaxLine]:
    """Net and tax of a credit, once for each rate.

    The tax is what the tax of the invoice falls by when the net that stays falls by the credit: so credits in parts give
    back together exactly the tax that was asked for.
    """
    nets: dict[tuple[str, Decimal], int] = {}
    for charge, amount in amounts.items():
        key = (charge.tax_category, charge.tax_rate)
        nets[key] = nets.get(key, 0) + amount
    before = CreditNoteTax.objects.filter(note__invoice=invoice)
    asked = {(tax.tax_category, tax.rate): tax for tax in invoice.taxes.all()}
    lines = []
    for (category, rate), net in sorted(nets.items()):
        given = before.filter(tax_category=category, rate=rate).aggregate(
            net=Sum("net", default=0), tax=Sum("tax", default=0)
        )
        whole = asked[category, rate]
        stays = tax_on(rule, whole.net - given["net"] - net, rate) if rate else 0
        lines.append(TaxLine(category, rate, net, whole.tax - given["tax"] - stays))
    return lines
