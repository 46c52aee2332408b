"""Take back what was set against an invoice."""

from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from billing.models import Allocation, AllocationRelease, Charge, Invoice
from workflow.models import User
from workflow.services.perform import perform


def release_allocation(*, allocation: Allocation, by: User, on: date, reason: str) -> AllocationRelease:
    """The payment has the money again, the invoice is owed again, and late interest that the payment bore is taken back.

    Nothing is deleted. ValidationError where the invoice is no longer the operator's to ask for.
    """
    invoice = allocation.invoice
    if invoice.state not in (Invoice.State.ISSUED, Invoice.State.SETTLED):
        raise ValidationError(
            _("Invoice %(invoice)s is “%(state)s”; what was paid on it cannot be taken back.")
            % {"invoice": invoice, "state": invoice.get_state_display()}
        )
    if invoice.state == Invoice.State.SETTLED:
        perform(invoice, "reopen", by=by, on=on, reason=reason)
    release = AllocationRelease.objects.create(allocation=allocation, released_on=on, reason=reason)
    for interest in Charge.objects.filter(source=f"allocation:{allocation.pk}"):
        _take_back(interest, allocation, on)
    return release


def _take_back(interest: Charge, allocation: Allocation, on: date) -> None:
    """The interest was for a payment that was none; what takes its place is charged when the debt is really paid."""
    Charge.objects.create(
        account_id=interest.account_id,
        terms_code=interest.terms_code,
        kind=Charge.Kind.ADJUSTMENT,
        source=f"release:{allocation.pk}",
        name=f"{interest.name}の取消し",
        period=(on, on + timedelta(1)),
        unit_price=-interest.amount,
        amount=-interest.amount,
        tax_category=interest.tax_category,
        article=interest.article,
        explanation=[
            line | {"amount": -line["amount"]} for line in interest.explanation if line.get("amount")
        ],
    )
