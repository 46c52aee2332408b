"""A payment that was none: what it paid is owed again, its late interest is taken back, and nothing is deleted."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from billing.models import Allocation, AllocationRelease, Charge, Invoice, Payment, PaymentReturn
from billing.services.undo_payment import undo_payment
from billing.services.write_off import approve_write_off, propose_write_off
from contracts.models import Contract
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

MAY, PAID, UNDONE = date(2025, 5, 1), date(2025, 7, 28), date(2025, 8, 4)


@pytest.fixture
def contract(db) -> Contract:
    """With one invoice of 6,600 yen that was due on 27 June."""
    things.standing()
    made = things.contract()
    things.bill(MAY)
    return made


def undo(payment: Payment, reason: str = "同名の別人からの入金") -> PaymentReturn:
    return undo_payment(payment=payment, by=things.people()[0], at=factories.at(UNDONE), reason=reason)


def test_the_invoice_is_owed_again_and_the_interest_for_the_payment_is_taken_back(contract):
    payment = things.pay(contract, 6600, PAID)
    assert things.invoice(contract, MAY).state == Invoice.State.SETTLED

    returned = undo(payment)

    invoice = things.invoice(contract, MAY)
    assert (invoice.state, invoice.open_amount) == (Invoice.State.ISSUED, 6600)
    assert (returned.kind, returned.amount, returned.returned_on) == (
        PaymentReturn.Kind.CORRECTION,
        6600,
        UNDONE,
    )
    allocation = Allocation.objects.get()
    assert (allocation.release.released_on, allocation.release.reason) == (UNDONE, "同名の別人からの入金")
    interest, back = Charge.objects.filter(
        source__in=[f"allocation:{allocation.pk}", f"release:{allocation.pk}"]
    ).order_by("pk")
    assert interest.amount > 0
    assert (back.kind, back.amount, back.account_id) == (
        Charge.Kind.ADJUSTMENT,
        -interest.amount,
        interest.account_id,
    )


def test_a_payment_is_undone_once_and_with_a_reason(contract):
    payment = things.pay(contract, 6600, PAID)
    with pytest.raises(ValidationError) as refused:
        undo(payment, " ")
    assert set(refused.value.message_dict) == {"reason"}
    assert not AllocationRelease.objects.exists()
    undo(payment)
    with pytest.raises(ValidationError):
        undo(payment)
    assert AllocationRelease.objects.count() == PaymentReturn.objects.count() == 1


def test_what_was_paid_on_a_debt_that_was_given_up_since_stays(contract):
    payment = things.pay(contract, 600, PAID)
    invoice, (proposer, approver) = things.invoice(contract, MAY), things.people()
    propose_write_off(invoice=invoice, by=proposer, at=factories.at(PAID), reason="回収の見込みがない")
    approve_write_off(invoice=invoice, by=approver, at=factories.at(PAID))
    with pytest.raises(ValidationError):
        undo(payment)
    assert not AllocationRelease.objects.exists()
    assert not PaymentReturn.objects.exists()
