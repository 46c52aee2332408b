"""Pay back what an account paid and nothing used: proposed by one person, decided by another."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Payment, PaymentReturn, Refund
from contracts.moments import japan_date
from contracts.services.pending import pending
from workflow.models import User
from workflow.services.approve import decide, propose
from workflow.services.perform import perform

REFUND = "refund"
"""The action on which a second person decides."""


def propose_refund(*, account: BillingAccount, amount: int, reason: str, by: User, at: datetime) -> Refund:
    """A refund of ``amount`` yen of the account's credit, waiting for a second person. ValidationError beyond the credit."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is paid back.")})
    with transaction.atomic():
        left = sum(payment.unallocated for payment in _credit(account))
        if not left:
            raise ValidationError({"amount": _("Nothing is left of what was paid that could be paid back.")})
        if not 0 < amount <= left:
            raise ValidationError(
                {
                    "amount": _("%(left)s yen can be paid back, no more and no less than 1.")
                    % {"left": f"{left:,}"}
                }
            )
        refund = Refund(account=account, amount=amount, reason=reason)
        refund.full_clean()
        refund.save()
        propose(refund, REFUND, by=by, reason=reason, at=at)
    return refund


def approve_refund(*, refund: Refund, by: User, at: datetime) -> Refund:
    """The money goes back: taken from the oldest payments. NotPermitted for the one who proposed it.

    ValidationError where the credit was used meanwhile.
    """
    with transaction.atomic():
        decide(pending(refund, REFUND), by=by, at=at, approved=True)
        perform(refund, "pay_out", by=by, on=japan_date(at), reason=refund.reason)
        _take(refund, japan_date(at))
    return refund


def reject_refund(*, refund: Refund, by: User, at: datetime, reason: str) -> Refund:
    """Nothing is paid back. NotPermitted for the one who proposed it."""
    with transaction.atomic():
        decide(pending(refund, REFUND), by=by, at=at, approved=False, reason=reason)
        perform(refund, "reject", by=by, on=japan_date(at), reason=reason)
    return refund


def _credit(account: BillingAccount) -> list[Payment]:
    """The payments with something left, the oldest first; payments of the account wait meanwhile."""
    BillingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
    return list(account.payments.unused().order_by("paid_on", "id"))


def _take(refund: Refund, on: date) -> None:
    left = refund.amount
    for payment in _credit(refund.account):
        amount = min(left, payment.unallocated)
        if amount:
            PaymentReturn.objects.create(
                payment=payment,
                kind=PaymentReturn.Kind.REFUND,
                amount=amount,
                returned_on=on,
                reason=refund.reason,
            )
        left -= amount
    if left:
        raise ValidationError(
            _("The credit was used meanwhile; %(left)s yen are missing.") % {"left": f"{left:,}"}
        )
