"""Tell a billing operator of a claim that was assigned to it, as far as the document and the subscriber allow."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from billing.debts import debtors_of
from billing.models import Invoice
from contracts.guards.disclosure import ground_when
from contracts.models import Contract, Disclosure, Partner
from contracts.services.tell_assignee import AssignedClaim, tell_assignee, withhold_from_assignee
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def hand_over_claim(
    *, invoice: Invoice, partner: Partner, total: int, by: User, at: datetime
) -> list[Disclosure]:
    """``partner`` is told at ``at`` of the ``total`` yen of ``invoice`` and of what it needs to collect them; each in the log.

    As contracts.services.tell_assignee: Refused without a consent, nothing where the document has no such ground.
    """
    return tell_assignee(
        contracts=contracts_on(invoice),
        partner=partner,
        claim=AssignedClaim(
            invoice_number=str(invoice),
            month=invoice.month,
            total=total,
            subscriber=invoice.recipient,
            address=invoice.address,
        ),
        about=invoice,
        by=by,
        at=at,
    )


def hand_over_issued(*, invoices: Iterable[Invoice], by: User, on: date, at: datetime) -> None:
    """The same for claims that were assigned when their invoices were issued. Where a consent is missing the log says that
    nothing was given, and the run goes on."""
    for invoice in invoices:
        if invoice.partner is None or ground_when(pack_for(invoice.terms_code, on), "claim_assigned") is None:
            continue
        try:
            with transaction.atomic():
                hand_over_claim(invoice=invoice, partner=invoice.partner, total=invoice.total, by=by, at=at)
        except Refused as refused:
            withhold_from_assignee(
                contracts=contracts_on(invoice),
                partner=invoice.partner,
                reference=str(invoice),
                reason=str(refused),
                by=by,
                at=at,
            )


def contracts_on(invoice: Invoice) -> list[Contract]:
    """The contracts of those who owe it that are charged for on the invoice."""
    charged = Contract.objects.filter(charges__invoice=invoice, subscriber__in=debtors_of(invoice.pk))
    return list(charged.select_related("subscriber", "product", "line").distinct().order_by("pk"))
