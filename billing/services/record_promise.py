"""Wait for a debt, as agreed with the subscriber in writing."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.falling_due import falls_due
from billing.models import BillingAccount, Invoice, PaymentPromise
from billing.services.cure_arrears import cure_arrears
from contracts.moments import start_of
from notices.services.send_notice import send_notice
from terms.registry import pack_for
from terms.rules.arrears import Arrears
from workflow.models import User


def record_promise(*, invoice: Invoice, pay_by: date, writing: str, by: User, on: date) -> PaymentPromise:
    """No step is taken on the invoice up to ``pay_by``; what was announced for it and has not come is withdrawn.

    ``writing`` names the letter or e-mail. The subscriber is told what was agreed. A suspension in force stays, and late
    interest runs on: the due date is what it was. ValidationError where nothing is owed, the document has no steps to hold,
    the day is not after ``on`` and the due date, or nothing was written.
    """
    if not invoice.is_open:
        raise ValidationError(_("Nothing is owed on invoice %(invoice)s.") % {"invoice": invoice})
    pack = pack_for(invoice.terms_code, on)
    if not pack.has(Arrears):
        raise ValidationError(_("No step follows from a debt under this document; there is nothing to hold."))
    due = falls_due(invoice)
    if pay_by <= max(on, due):
        raise ValidationError({"pay_by": _("Enter a day after today and after the due date.")})
    if not writing.strip():
        raise ValidationError({"writing": _("Name the letter or e-mail in which it was agreed.")})
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(pk=invoice.account_id)
        notice = send_notice(
            occasion="payment_promised",
            recipient=account.subscriber,
            about=invoice,
            article=pack.rule(Arrears).article,
            facts={
                "invoice_number": invoice.number,
                "month": invoice.month,
                "amount_due": invoice.open_amount,
                "due_on": due,
                "pay_by": pay_by,
            },
            at=start_of(on),
        )
        promise = PaymentPromise(
            invoice=invoice,
            amount=invoice.open_amount,
            agreed_on=on,
            pay_by=pay_by,
            writing=writing.strip(),
            notice=notice,
            by=by,
        )
        promise.full_clean()
        promise.save()
        cure_arrears(account=account, by=by, on=on)
    return promise
