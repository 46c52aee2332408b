"""Take a payment back that was somebody else's, or that the bank or collector took back."""

from datetime import date, datetime, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import (
    Allocation,
    AllocationRelease,
    BillingAccount,
    Charge,
    Invoice,
    Payment,
    PaymentReturn,
)
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def undo_payment(*, payment: Payment, by: User, at: datetime, reason: str) -> PaymentReturn:
    """Every allocation of it is released, settled invoices are owed again, late interest for it is taken back.

    Nothing is deleted: releases and a return stand beside what they undo. ValidationError for a payment that was undone
    or refunded, or whose invoice is no longer the operator's to ask for.
    """
    on = japan_date(at)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the payment is undone.")})
    with transaction.atomic():
        BillingAccount.objects.select_for_update(of=("self",)).get(pk=payment.account_id)
        payment.refresh_from_db()
        if payment.returned:
            raise ValidationError(_("%(payment)s was undone or paid back already.") % {"payment": payment})
        for allocation in payment.allocations.filter(release__isnull=True).select_related("invoice"):
            _release(allocation, by, on, reason)
        return PaymentReturn.objects.create(
            payment=payment,
            kind=PaymentReturn.Kind.CORRECTION,
            amount=payment.amount,
            returned_on=on,
            reason=reason,
        )


def _release(allocation: Allocation, by: User, on: date, reason: str) -> None:
    invoice = allocation.invoice
    if invoice.state not in (Invoice.State.ISSUED, Invoice.State.SETTLED):
        raise ValidationError(
            _("Invoice %(invoice)s is “%(state)s”; what was paid on it cannot be taken back.")
            % {"invoice": invoice, "state": invoice.get_state_display()}
        )
    if invoice.state == Invoice.State.SETTLED:
        perform(invoice, "reopen", by=by, on=on, reason=reason)
    AllocationRelease.objects.create(allocation=allocation, released_on=on, reason=reason)
    for interest in Charge.objects.filter(source=f"allocation:{allocation.pk}"):
        _take_back(interest, allocation, on)


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
