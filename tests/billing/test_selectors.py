"""Reads of billing that staff and pages rely on."""

from datetime import date

import pytest

from billing.models import Charge, Invoice
from billing.selectors import (
    Balance,
    Comparison,
    balance_of,
    compared_with_last_month,
    open_invoices,
    unbilled_since,
    waiting_credits,
)
from billing.services.abandon_run import abandon_run
from billing.services.bill_at_once import approve_bill, propose_bill
from billing.services.prepare_run import prepare_run
from contracts.models import Contract
from tests import factories
from tests.billing import things

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def credit(of: Contract, amount: int) -> Charge:
    return Charge.objects.create(
        account=things.account(of),
        contract=of,
        terms_code=of.terms_code,
        kind=Charge.Kind.ADJUSTMENT,
        source="by hand",
        name="調整",
        period=(MAY, JUNE),
        unit_price=amount,
        amount=amount,
        tax_category="outside",
        article="hikari-line 38",
    )


def test_a_run_is_compared_with_the_month_before():
    things.contract("hikari-line", 1000)
    things.bill(MAY)
    things.contract("hikari-line", 2000)
    things.contract("isp-access", 500)
    assert compared_with_last_month(things.bill(JUNE)) == [
        Comparison("hikari-line", 2, 3300, 1, 1100),
        Comparison("isp-access", 1, 550, 0, 0),
    ]


def test_what_was_billed_at_once_is_not_of_the_run_that_it_is_compared_with():
    contract = things.contract("hikari-line", 3000)
    proposer, approver = things.people()
    at = factories.at(date(2025, 5, 11))
    bill = propose_bill(
        contract=contract, through=date(2025, 5, 10), reason="長期不在の申出", by=proposer, at=at
    )
    approve_bill(bill=bill, by=approver, at=at)
    things.bill(MAY)
    run = things.bill(JUNE)
    assert Invoice.objects.filter(month=MAY).count() == 2
    [compared] = compared_with_last_month(run)
    assert (compared.invoices_before, compared.total_before) == (1, Invoice.objects.get(run__month=MAY).total)


def test_the_first_day_that_is_not_billed_follows_the_latest_run_that_was_not_abandoned():
    assert unbilled_since() is None
    things.contract("hikari-line", 1000)
    things.bill(MAY)
    assert unbilled_since() == JUNE
    by, _approver = things.people()
    run = prepare_run(month=JUNE, by=by, at=factories.at(JULY))
    assert unbilled_since() == JULY
    abandon_run(run=run, by=by, at=factories.at(JULY), reason="誤り")
    assert unbilled_since() == JUNE


def test_a_balance_says_what_is_open_overdue_credit_and_waiting():
    contract = things.contract("hikari-line", 1000)
    things.bill(MAY)
    things.pay(contract, 1500, date(2025, 6, 10))
    things.bill(JUNE)
    credit(contract, 59)
    account = things.account(contract)
    assert balance_of(account, on=JULY) == Balance(open=700, overdue=0, credit=0, waiting=59)
    assert balance_of(account, on=date(2025, 8, 1)).overdue == 700
    assert [invoice.month for invoice in open_invoices(account=account)] == [JUNE]


def test_a_balance_of_somebody_new_is_nothing():
    assert balance_of(things.account(things.contract()), on=JULY) == Balance(0, 0, 0, 0)


def test_credits_of_contracts_that_have_ended_wait_for_a_person():
    running, ended = things.contract(), things.contract(state=Contract.State.ENDED, ends_on=date(2025, 5, 31))
    credit(running, -100)
    left = credit(ended, -200)
    assert list(waiting_credits()) == [left]
