"""What partners are owed of their charges on our invoices, and what of ours a partner is to ask for."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

from django.db.models import Exists, F, Max, OuterRef, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce

from billing.models import (
    Allocation,
    Charge,
    CollectionAgency,
    CreditNoteLine,
    Dispute,
    Invoice,
    PartnerClaim,
    PartnerListLine,
    PartnerRemittance,
    RemittedClaim,
)
from contracts.models import Partner

_NOT_PAYABLE = (Invoice.State.DRAFT, Invoice.State.VOID)


class Due(NamedTuple):
    """Yen that the partner gets for one of its charges now; below 0 what it gives back."""

    claim: PartnerClaim
    amount: int


def remittable(partner: Partner, *, through: date) -> list[Due]:
    """What is owed to the partner by the end of a day and was not remitted yet, charge by charge.

    A charge that we bought is owed from the issue of our invoice on; one that we collect as the partner's agent when its
    invoice is paid in full. What a credit note gave back of it is not owed, nor what stands on a void invoice.
    """
    found = (
        PartnerClaim.objects.filter(partner=partner, charge__invoice__issued_on__lte=through)
        .select_related("charge__invoice", "charge__contract")
        .annotate(
            credited=_sum(
                CreditNoteLine.objects.filter(charge=OuterRef("charge"), note__issued_on__lte=through)
            ),
            settled_on=Subquery(
                Allocation.objects.filter(invoice=OuterRef("charge__invoice"), release__isnull=True)
                .order_by()
                .values("invoice")
                .annotate(last=Max("allocated_on"))
                .values("last")
            ),
            remitted_yen=_sum(
                RemittedClaim.objects.filter(claim=OuterRef("pk")).exclude(
                    remittance__state=PartnerRemittance.State.REJECTED
                )
            ),
        )
        .order_by("id")
    )
    dues = [Due(claim, _owed(claim, through) - claim.remitted_yen) for claim in found]
    return [due for due in dues if due.amount]


def _sum(rows: QuerySet[CreditNoteLine] | QuerySet[RemittedClaim]) -> Coalesce:
    key = "charge" if rows.model is CreditNoteLine else "claim"
    return Coalesce(Subquery(rows.order_by().values(key).annotate(yen=Sum("amount")).values("yen")), 0)


def _owed(claim: Any, through: date) -> int:
    """``claim`` as ``remittable`` reads it."""
    invoice = claim.charge.invoice
    assert invoice is not None, "only those on invoices are looked at"
    if invoice.state in _NOT_PAYABLE:
        return 0
    if claim.basis == PartnerClaim.Basis.AGENCY:
        settled: date | None = claim.settled_on
        if invoice.state != Invoice.State.SETTLED or settled is None or settled > through:
            return 0
    owed: int = claim.charge.amount - claim.credited
    return owed


class Asked(NamedTuple):
    """Yen with tax that an invoice asks for under the contract of a collection by a partner."""

    agency: CollectionAgency
    invoice: Invoice
    amount: int


def to_collect(partner: Partner) -> Iterator[Asked]:
    """What the partner is to ask for and was not told yet: our open, undisputed invoices since each collection was agreed."""
    agencies = CollectionAgency.objects.filter(
        partner=partner, direction=CollectionAgency.Direction.BY_PARTNER, state=CollectionAgency.State.AGREED
    ).select_related("contract")
    for agency in agencies.order_by("id"):
        invoices = (
            Invoice.objects.filter(
                ~Exists(PartnerListLine.objects.filter(invoice=OuterRef("pk"), agency=agency)),
                ~Exists(Dispute.objects.filter(invoice=OuterRef("pk"), closed_on__isnull=True)),
                charges__contract=agency.contract_id,
                state=Invoice.State.ISSUED,
                paid__lt=F("total"),
                issued_on__gte=agency.agreed_on,
            )
            .distinct()
            .order_by("id")
        )
        for invoice in invoices:
            amount = min(share_of(invoice, agency.contract_id), invoice.open_amount)
            if amount > 0:
                yield Asked(agency, invoice, amount)


def share_of(invoice: Invoice, contract_id: int) -> int:
    """What the invoice asks for under one of its contracts, in yen with tax: of the tax of each rate the part of its net,
    rounded down."""
    sums: dict[tuple[str, Decimal], int] = {}
    for category, rate, amount in Charge.objects.filter(invoice=invoice, contract=contract_id).values_list(
        "tax_category", "tax_rate", "amount"
    ):
        sums[category, rate] = sums.get((category, rate), 0) + amount
    taxes = {(tax.tax_category, tax.rate): tax for tax in invoice.taxes.all()}
    total = 0
    for key, net in sums.items():
        whole = taxes[key]
        total += net + (int(Fraction(whole.tax * net, whole.net)) if whole.net else 0)
    return total


def asked_by_partners(invoices: list[int]) -> dict[int, int]:
    """By invoice the yen that partners are asking for now, so that nobody else does."""
    waiting = PartnerListLine.objects.filter(
        invoice__in=invoices, receipt__isnull=True, agency__state=CollectionAgency.State.AGREED
    )
    return dict(
        waiting.order_by().values("invoice").annotate(yen=Sum("amount")).values_list("invoice", "yen")
    )


def asking_partner(invoice: Invoice) -> Asked | None:
    """The partner that asks for an invoice now, and for how much of it; None where none does."""
    yen = asked_by_partners([invoice.pk]).get(invoice.pk, 0)
    if not yen:
        return None
    line = invoice.partner_lines.filter(
        receipt__isnull=True, agency__state=CollectionAgency.State.AGREED
    ).select_related("agency__partner")[0]
    return Asked(line.agency, invoice, yen)
