"""What was paid is set against the oldest debts, and what no debt takes stays as credit."""

from datetime import date

import pytest

from billing.models import Invoice
from billing.services.allocate_credit import allocate_credit
from contracts.models import Contract
from tests import factories
from tests.billing import things

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
EARLY, LATE = date(2025, 4, 20), date(2025, 7, 10)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def allocated(contract: Contract) -> list[tuple[date, int]]:
    made = allocate_credit(
        account_id=things.account(contract).pk, by=things.people()[0], at=factories.at(LATE)
    )
    return [(allocation.invoice.month, allocation.amount) for allocation in made]


def test_the_oldest_debt_goes_first_and_a_debt_that_is_paid_is_settled():
    contract = things.contract("hikari-line", 1000)
    for month in (MAY, JUNE):
        things.bill(month)
    things.account(contract).payments.create(
        amount=1500, paid_on=LATE, method="bank_deposit", reference="P-1", recorded_at=factories.at(LATE)
    )
    assert allocated(contract) == [(MAY, 1100), (JUNE, 400)]
    states = dict(Invoice.objects.values_list("month", "state"))
    assert states == {MAY: Invoice.State.SETTLED, JUNE: Invoice.State.ISSUED}
    assert allocated(contract) == []


def test_what_no_debt_takes_stays_on_the_account():
    contract = things.contract("hikari-line", 1000)
    payment = things.pay(contract, 5000, EARLY)
    assert allocated(contract) == []
    assert payment.unallocated == 5000
