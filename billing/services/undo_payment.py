"""Take a payment back that was somebody else's, or that the bank or collector took back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import (
    BillingAccount,
    Payment,
    PaymentReturn,
)
from billing.services.release_allocation import release_allocation
from contracts.moments import japan_date
from workflow.models import User


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
            release_allocation(allocation=allocation, by=by, on=on, reason=reason)
        return PaymentReturn.objects.create(
            payment=payment,
            kind=PaymentReturn.Kind.CORRECTION,
            amount=payment.amount,
            returned_on=on,
            reason=reason,
        )
