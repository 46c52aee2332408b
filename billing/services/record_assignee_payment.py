"""A billing operator tells that the claim which was assigned to it was paid (hikari-line 57-4)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.models import AssigneePayment, Invoice
from billing.services.hand_over_claim import contracts_on
from contracts.models import Disclosure, Partner
from contracts.moments import japan_date
from contracts.services.log_passing import log_passing
from workflow.models import User


def record_assignee_payment(
    *, invoice: Invoice, amount: int, paid_on: date, reference: str, by: User, at: datetime
) -> AssigneePayment:
    """The message that ``amount`` yen were paid on ``paid_on``, logged as data received; ``reference``: of the message.

    ValidationError where the claim is not assigned, more is told than was assigned, the day is to come, or the message is
    on record already; Refused without the consent.
    """
    with transaction.atomic():
        invoice = Invoice.objects.select_for_update(of=("self",)).select_related("partner").get(pk=invoice.pk)
        partner = assignee_of(invoice)
        if partner is None:
            raise ValidationError(
                _("The claim of invoice %(invoice)s is not assigned.") % {"invoice": invoice}
            )
        left = unpaid_at_assignee(invoice)
        if not 0 < amount <= left:
            raise ValidationError(
                {"amount": _("Enter between 1 and %(left)s yen, what is not paid yet.") % {"left": left}}
            )
        if paid_on > japan_date(at):
            raise ValidationError({"paid_on": _("The day of a payment is not to come.")})
        entries = log_passing(
            contracts=contracts_on(invoice),
            event="assigned_claim_paid",
            item=Disclosure.Item.PAYMENT_STATUS,
            partner=partner,
            reference=reference,
            by=by,
            at=at,
            answer=Disclosure.Answer.RECEIVED,
        )
        told = AssigneePayment(
            invoice=invoice,
            partner=partner,
            amount=amount,
            paid_on=paid_on,
            reference=reference,
            disclosure=entries[0] if entries else None,
            told_at=at,
            by=by,
        )
        told.full_clean()
        told.save()
    return told


def assignee_of(invoice: Invoice) -> Partner | None:
    """The billing operator whose claim it is; None where it is ours."""
    if invoice.state != Invoice.State.ASSIGNED:
        return None
    ended = getattr(invoice, "ended_claim", None)
    return ended.partner if ended else invoice.partner


def unpaid_at_assignee(invoice: Invoice) -> int:
    """Yen of an assigned claim of which the assignee has not told that they were paid."""
    ended = getattr(invoice, "ended_claim", None)
    told = invoice.assignee_payments.aggregate(sum=Sum("amount"))["sum"] or 0
    return (ended.amount if ended else invoice.open_amount) - told
