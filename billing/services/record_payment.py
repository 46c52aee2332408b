"""Record money that arrived."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Deposit, Payment
from billing.services.allocate_credit import allocate_credit
from contracts.moments import japan_date
from workflow.models import User


def record_payment(
    *,
    account: BillingAccount,
    amount: int,
    paid_on: date,
    method: str,
    reference: str,
    by: User,
    at: datetime,
    of_deposit: Deposit | None = None,
    advance_under: str = "",
) -> Payment:
    """A payment of ``amount`` yen that arrived on ``paid_on`` and was recorded at ``at``, set against the open invoices.

    ``reference`` identifies it at the bank or collector; the same one twice is refused. ``of_deposit``: the bank deposit
    that it is; ``advance_under``: the article under which it was taken in advance. What follows from it (settled
    invoices, late interest, lifted suspensions) happens in the same transaction. ValidationError names the field.
    """
    if paid_on > japan_date(at):
        raise ValidationError({"paid_on": _("A payment cannot arrive after it was recorded.")})
    if amount <= 0:
        raise ValidationError({"amount": _("A payment is of 1 yen or more.")})
    with transaction.atomic():
        # Payments of one account wait for each other.
        BillingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        payment = Payment(
            account=account,
            amount=amount,
            paid_on=paid_on,
            method=method,
            reference=reference.strip(),
            recorded_at=at,
            of_deposit=of_deposit,
            advance_under=advance_under,
        )
        if Payment.objects.filter(method=method, reference=payment.reference).exists():
            raise ValidationError(
                {
                    "reference": _(
                        "A payment with this number is recorded already. If it is another one, enter what tells them apart."
                    )
                }
            )
        payment.full_clean()
        payment.save()
        allocate_credit(account_id=account.pk, by=by, at=at)
        payment.refresh_from_db()
    return payment
