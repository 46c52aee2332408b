"""All debts due at once: which invoices, from which day late interest runs, and what is asked for afterwards."""

from datetime import date

import pytest

from billing.debts import overdue
from billing.due_tonight import accounts_due
from billing.explain import explain_invoice
from billing.falling_due import falls_due, with_falling_due
from billing.models import Charge, Invoice
from billing.selectors import ageing, balance_of
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.withdraw_acceleration import withdraw_acceleration
from tests.billing import things
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))
FELL = date(2025, 6, 10)
"""The invoice of May is issued on 1 June and printed as due on 27 June."""


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def accelerated(contract, since=FELL):
    return accelerate_debts(
        contract=contract,
        by=clock_user(),
        on=since,
        ground="insolvency",
        since=since,
        reason="破産手続開始の申立て",
    )


def interest() -> Charge | None:
    return Charge.objects.filter(kind=Charge.Kind.LATE_INTEREST).first()


@pytest.mark.article("business-network", "10")
@pytest.mark.article("business-network", "23")
def test_an_invoice_is_due_on_that_day_and_late_interest_runs_from_the_next():
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    accelerated(contract)
    invoice = things.invoice(contract)
    assert (invoice.due_on, falls_due(invoice)) == (date(2025, 6, 27), FELL)
    assert with_falling_due(Invoice.objects.all()).get().falls_due == FELL
    assert [debt.due for debt in overdue(on=date(2025, 6, 11)).values()] == [FELL]
    assert overdue(on=FELL) == {}
    # 110,000 × 14.6% × 10 days (11 to 20 June) ÷ 365 = 440, though the printed day is not over yet.
    things.pay(contract, 110_000, date(2025, 6, 20))
    charge = interest()
    assert charge is not None
    assert (charge.amount, charge.period.lower) == (440, date(2025, 6, 11))


@pytest.mark.article("business-network", "10")
@pytest.mark.parametrize(("paid_on", "amount"), [(10, None), (11, 44)])
def test_payment_on_the_day_itself_bears_no_interest_and_a_day_later_one_days(paid_on, amount):
    contract = things.contract("business-network", 100_000)
    things.bill(MAY)
    accelerated(contract)
    things.pay(contract, 110_000, date(2025, 6, paid_on))
    charge = interest()
    assert (charge.amount if charge else None) == amount


@pytest.mark.article("business-network", "10")
def test_every_contract_of_the_subscriber_under_the_document_falls_due_and_nothing_else():
    one = things.contract("business-network", 1000)
    other = things.contract("business-network", 2000, subscriber=one.subscriber)
    line = things.contract("hikari-line", 3000, subscriber=one.subscriber)
    stranger = things.contract("business-network", 4000)
    things.bill(MAY)
    accelerated(other)
    assert [falls_due(things.invoice(each)) for each in (one, line, stranger)] == [
        FELL,
        date(2025, 6, 27),
        date(2025, 6, 27),
    ]
    after = date(2025, 6, 12)
    balance = balance_of(things.account(one), on=after)
    assert (balance.open, balance.overdue) == (6600, 3300)
    assert {row["terms_code"]: row["to_30"] for row in ageing(on=after)}["business-network"] == 3300


@pytest.mark.article("business-network", "10")
def test_what_was_not_invoiced_yet_is_due_when_it_is_and_later_months_as_printed():
    contract = things.contract("business-network", 1000)
    things.bill(MAY)
    accelerated(contract)
    things.bill(JUNE)
    things.bill(JULY)
    june, july = things.invoice(contract, JUNE), things.invoice(contract, JULY)
    assert (june.issued_on, june.due_on, falls_due(june)) == (JULY, JULY, JULY)
    assert july.due_on == falls_due(july) == date(2025, 8, 27)


@pytest.mark.article("business-network", "10")
def test_its_arrears_go_by_that_day():
    contract = things.contract("business-network", 1000)
    things.bill(MAY)
    accelerated(contract)
    reminded = date(2025, 6, 15)  # five days after
    assert [list(each) for each in accounts_due(on=date(2025, 6, 14))] == []
    assert [list(each) for each in accounts_due(on=reminded)] == [[things.account(contract).pk]]


def test_a_withdrawal_gives_the_printed_days_back():
    contract = things.contract("business-network", 1000)
    things.bill(MAY)
    made = accelerated(contract)
    withdraw_acceleration(acceleration=made, by=clock_user(), on=date(2025, 6, 12), reason="申立ての取下げ")
    assert falls_due(things.invoice(contract)) == date(2025, 6, 27)
    assert overdue(on=date(2025, 6, 13)) == {}


@pytest.mark.article("business-network", "10")
def test_the_explanation_says_when_it_is_due_and_why():
    contract = things.contract("business-network", 1000)
    things.bill(MAY)
    assert explain_invoice(things.invoice(contract))["due"]["because"] is None
    accelerated(contract)
    due = explain_invoice(things.invoice(contract))["due"]
    assert (due["on"], due["printed"]) == ("2025-06-10", "2025-06-27")
    assert due["because"]["article"]["citation"] == "business-network 10-2"
    assert due["because"]["ground"] == "business-network 10-1(3)"
    assert "申立て" in due["because"]["reason"]
