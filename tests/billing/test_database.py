"""What the database itself refuses about money: too much allocated, what was issued rewritten, what stands under it taken away."""

import pytest
from django.db import InternalError, connection, transaction
from django.db.utils import IntegrityError, ProgrammingError

from billing.models import Allocation, Charge, Payment, TariffPrice
from tests import factories
from tests.billing import things
from tests.billing.owing import DUE, JUNE, MAY, billed

pytestmark = pytest.mark.django_db

REFUSED = (InternalError, ProgrammingError, IntegrityError)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def in_cash(contract, amount: int) -> Payment:
    """Received, and set against nothing yet."""
    return Payment.objects.create(
        account=things.account(contract),
        amount=amount,
        paid_on=DUE,
        method="cash",
        reference="x",
        recorded_at=factories.at(DUE),
    )


def test_more_than_a_payment_brought_cannot_be_allocated():
    contract = billed()
    payment = in_cash(contract, 100)
    with pytest.raises(REFUSED), transaction.atomic():
        Allocation.objects.create(
            payment=payment, invoice=things.invoice(contract), amount=101, allocated_on=DUE
        )
    payment.refresh_from_db()
    assert payment.allocated == 0


def test_more_than_an_invoice_asks_for_cannot_be_allocated():
    contract = billed(amount=100)
    payment = in_cash(contract, 1000)
    with pytest.raises(REFUSED), transaction.atomic():
        Allocation.objects.create(
            payment=payment, invoice=things.invoice(contract), amount=111, allocated_on=DUE
        )


def test_a_payment_cannot_be_set_against_somebody_elses_invoice():
    contract, other = things.contract(), things.contract()
    things.bill(MAY)
    payment = in_cash(other, 1000)
    with pytest.raises(REFUSED, match="not of the account"), transaction.atomic():
        Allocation.objects.create(
            payment=payment, invoice=things.invoice(contract), amount=1, allocated_on=DUE
        )


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE billing_payment SET amount = 1",
        "DELETE FROM billing_payment",
        "UPDATE billing_allocation SET amount = 1",
        "DELETE FROM billing_allocation",
        "UPDATE billing_invoice SET total = 1",
        "UPDATE billing_invoice SET state = 'draft'",
        "UPDATE billing_invoice SET recipient = 'somebody else'",
        "DELETE FROM billing_invoice",
        "UPDATE billing_charge SET amount = 1",
        "UPDATE billing_charge SET invoice_id = NULL",
        "DELETE FROM billing_charge",
        "UPDATE billing_invoicetax SET tax = 0",
        "DELETE FROM billing_invoicetax",
    ],
)
def test_the_database_itself_keeps_what_was_issued_and_paid(statement):
    things.pay(billed(), 5000, DUE)
    with pytest.raises(REFUSED, match="pgtrigger"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_no_line_can_be_added_to_an_issued_invoice():
    contract = billed()
    with pytest.raises(REFUSED, match="is issued"), transaction.atomic():
        Charge.objects.create(
            account=things.account(contract),
            terms_code="hikari-line",
            invoice=things.invoice(contract),
            kind=Charge.Kind.ADJUSTMENT,
            source="smuggled",
            name="x",
            period=(MAY, JUNE),
            unit_price=1,
            amount=1,
            article="hikari-line 38",
        )


@pytest.mark.parametrize("field", ["account_id", "run_id", "tariff_id"])
def test_a_charge_belongs_to_rows_that_are_there(field):
    contract = billed()
    charge = Charge.objects.get()
    charge.pk, charge.invoice, charge.source = None, None, "a copy"
    setattr(charge, field, 0)
    with pytest.raises(REFUSED, match="no such row"), transaction.atomic():
        charge.save(force_insert=True)
    assert things.account(contract).charges.count() == 1


def test_what_charges_stand_on_cannot_be_deleted():
    contract = billed()
    with transaction.atomic():
        charge = Charge.objects.get()
        charge.pk, charge.invoice, charge.source = None, None, "a copy that waits"
        charge.save(force_insert=True)
    TariffPrice.objects.all().delete()
    for table in ("billing_billingaccount", "billing_tariff", "billing_billingrun"):
        with pytest.raises(REFUSED), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {table}")
    assert things.account(contract).charges.count() == 2
