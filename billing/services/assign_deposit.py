"""Say whose a deposit is, take that back, or say that it is no subscriber's."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Deposit, Payment
from billing.services.record_payment import record_payment
from billing.services.undo_payment import undo_payment
from contracts.moments import japan_date
from workflow.errors import WrongState
from workflow.models import User
from workflow.services.perform import perform


def assign_deposit(
    *, deposit: Deposit, account: BillingAccount, by: User, at: datetime, reason: str
) -> Payment:
    """The deposit becomes a payment of ``account`` on the day it was booked. WrongState unless it is open."""
    with transaction.atomic():
        deposit.refresh_from_db(from_queryset=Deposit.objects.select_for_update(of=("self",)))
        if deposit.state != Deposit.State.OPEN:
            raise WrongState(
                _("%(deposit)s is “%(state)s” already.")
                % {"deposit": deposit, "state": deposit.get_state_display()}
            )
        payment = record_payment(
            account=account,
            amount=deposit.amount,
            paid_on=deposit.booked_on,
            method=Payment.Method.BANK_DEPOSIT,
            reference=deposit.next_reference,
            of_deposit=deposit,
            by=by,
            at=at,
        )
        perform(deposit, "match", by=by, on=japan_date(at), reason=reason, payment=payment)
    return payment


def undo_match(*, deposit: Deposit, by: User, at: datetime, reason: str) -> Deposit:
    """The payment is undone (undo_payment) and the deposit waits again. The state change says who undid it and why."""
    if deposit.payment is None:
        raise WrongState(_("%(deposit)s is matched with nobody.") % {"deposit": deposit})
    with transaction.atomic():
        undo_payment(payment=deposit.payment, by=by, at=at, reason=reason)
        perform(deposit, "undo", by=by, on=japan_date(at), reason=reason)
    return deposit


def set_deposit_aside(*, deposit: Deposit, by: User, at: datetime, reason: str) -> Deposit:
    """No subscriber's payment: interest of the bank, our own transfer. ValidationError without a reason."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say what the deposit is.")})
    perform(deposit, "set_aside", by=by, on=japan_date(at), reason=reason)
    return deposit


def take_deposit_back(*, deposit: Deposit, by: User, at: datetime, reason: str) -> Deposit:
    """What was set aside waits again."""
    perform(deposit, "take_back", by=by, on=japan_date(at), reason=reason)
    return deposit
