"""A subscriber contests an invoice."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Dispute, Invoice
from billing.services.cure_arrears import cure_arrears
from workflow.models import User


def open_dispute(*, invoice: Invoice, by: User, on: date, reason: str) -> Dispute:
    """No step is taken on the invoice until the dispute is closed; what was announced for it is withdrawn.

    ValidationError for an invoice on which nothing is owed, that is in dispute already, or without a reason.
    """
    if not invoice.is_open:
        raise ValidationError(_("Nothing is owed on invoice %(invoice)s.") % {"invoice": invoice})
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(pk=invoice.account_id)
        dispute = Dispute(invoice=invoice, reason=reason, opened_on=on, opened_by=by)
        dispute.full_clean()
        dispute.save()
        cure_arrears(account=account, by=by, on=on)
    return dispute
