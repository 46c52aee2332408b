"""Payments: what they are set against, what is late, and what the database refuses."""

from datetime import date
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from billing.models import Charge, Invoice, Payment
from billing.selectors import ageing, balance_of
from contracts.models import Subscriber
from tests import factories
from tests.billing import things
from tests.billing.owing import DUE, JUNE, MAY, billed
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def interest(of):
    return Charge.objects.filter(account=things.account(of), kind=Charge.Kind.LATE_INTEREST)


def test_a_payment_in_full_settles_the_invoice():
    contract = billed()
    payment = things.pay(contract, 11000, DUE)
    invoice = things.invoice(contract)
    assert (invoice.state, invoice.paid, invoice.open_amount) == (Invoice.State.SETTLED, 11000, 0)
    assert (payment.allocated, payment.unallocated) == (11000, 0)
    assert state_changes_of(invoice).get().transition == "settle"
    assert not interest(contract).exists()


@pytest.mark.article("hikari-line", "通則4,5")
def test_a_payment_goes_to_the_debt_that_fell_due_first():
    contract = billed("hikari-line", 3000)
    things.bill(JUNE)
    things.pay(contract, 5000, DUE)
    assert [things.invoice(contract, month).paid for month in (MAY, JUNE)] == [3300, 1700]
    assert things.invoice(contract, MAY).state == Invoice.State.SETTLED
    assert things.invoice(contract, JUNE).state == Invoice.State.ISSUED


def test_what_no_debt_takes_stays_as_credit_and_pays_the_next_invoice():
    contract = billed("hikari-line", 3000)
    payment = things.pay(contract, 5000, DUE)
    assert balance_of(things.account(contract), on=DUE).credit == 1700
    things.bill(JUNE)
    payment.refresh_from_db()
    assert (payment.allocated, things.invoice(contract, JUNE).paid) == (5000, 1700)
    assert not interest(contract).exists()


@pytest.mark.parametrize(
    ("terms_code", "free", "late", "days", "amount"),
    [
        pytest.param(
            "hikari-line",
            date(2025, 7, 12),
            date(2025, 7, 13),
            15,
            59,
            marks=pytest.mark.article("hikari-line", "45"),
        ),
        pytest.param(
            "hikari-phone",
            date(2025, 7, 12),
            date(2025, 7, 13),
            15,
            59,
            marks=pytest.mark.article("hikari-phone", "43"),
        ),
        pytest.param(
            "isp-access",
            date(2025, 7, 7),
            date(2025, 7, 8),
            10,
            39,
            marks=pytest.mark.article("isp-access", "34"),
        ),
        pytest.param(
            "business-network",
            DUE,
            date(2025, 6, 28),
            1,
            4,
            marks=pytest.mark.article("business-network", "23"),
        ),
    ],
)
def test_late_interest_begins_the_day_after_the_grace_of_the_document(terms_code, free, late, days, amount):
    in_time, too_late = (things.contract(terms_code, 9091) for _ in range(2))  # 10,000 yen with tax
    things.bill(MAY)
    things.pay(in_time, 10000, free)
    things.pay(too_late, 10000, late)
    assert not interest(in_time).exists()
    assert interest(too_late).values_list("days", "amount").get() == (days, amount)


@pytest.mark.article("hikari-line", "45")
def test_late_interest_waits_for_the_next_invoice_without_tax_and_explains_itself():
    contract = billed("hikari-line", 9091)
    things.pay(contract, 10000, date(2025, 7, 13))
    charge = interest(contract).get()
    assert (charge.amount, charge.unit_price, charge.tax_category, charge.invoice) == (
        59,
        10000,
        "outside",
        None,
    )
    assert (charge.period.lower, charge.period.upper) == (date(2025, 6, 28), date(2025, 7, 13))
    assert charge.article == "hikari-line 45"
    assert [
        (line["from"], line["to"], line["days"], line["rate"], line["amount"]) for line in charge.explanation
    ] == [("2025-06-28", "2025-07-13", 15, "0.145/365", 59)]
    things.bill(JUNE)
    charge.refresh_from_db()
    june = things.invoice(contract, JUNE)
    assert charge.invoice == june
    assert june.total == 10000 + 59
    assert [(tax.tax_category, tax.net, tax.tax) for tax in june.taxes.all()] == [
        ("standard", 9091, 909),
        ("outside", 59, 0),
    ]


@pytest.mark.article("hikari-line", "45")
def test_interest_bears_no_interest():
    contract = billed("hikari-line", 9091)
    things.pay(contract, 10000, date(2025, 7, 13))
    things.bill(JUNE)
    june = things.invoice(contract, JUNE)
    things.pay(contract, june.total, date(2025, 8, 20))
    latest = interest(contract).order_by("id").last()
    assert (latest.unit_price, june.total) == (10000, 10059)


def test_a_late_payment_in_two_parts_bears_interest_for_each_to_its_own_day():
    contract = billed("hikari-line", 9091)
    things.pay(contract, 4000, date(2025, 7, 13))
    things.pay(contract, 6000, date(2025, 7, 23))
    assert list(interest(contract).order_by("id").values_list("unit_price", "days", "amount")) == [
        (4000, 15, 23),
        (6000, 25, 59),
    ]


def test_a_payment_recorded_late_but_made_in_time_bears_no_interest():
    contract = billed()
    things.record_payment(
        account=things.account(contract),
        amount=11000,
        paid_on=DUE,
        method=Payment.Method.BANK_DEPOSIT,
        reference="found later",
        by=things.people()[0],
        at=factories.at(date(2025, 8, 1)),
    )
    assert not interest(contract).exists()


@pytest.mark.article("statute", "施行規則22の2の13の2")
def test_a_consumer_owes_the_laws_rate_only_on_what_an_ending_costs():
    contract = things.contract(
        "isp-access", 5000, subscriber=factories.subscriber(kind=Subscriber.Kind.PERSON)
    )
    things.bill(MAY)
    invoice = things.invoice(contract)
    Charge.objects.create(
        account=things.account(contract),
        terms_code="isp-access",
        contract=contract,
        kind=Charge.Kind.ENDING,
        source="ending:1",
        name="解除料",
        period=(JUNE, date(2025, 6, 2)),
        unit_price=3000,
        amount=3000,
        tax_category="outside",
        article="isp-access 6",
    )
    things.pay(contract, invoice.total, DUE)
    things.bill(JUNE)
    june = things.invoice(contract, JUNE)
    assert june.total == 8500
    things.pay(contract, june.total, date(2025, 8, 28))
    charge = interest(contract).get()
    # 31 days to the day before payment at 14.5% on 5,500, and 32 days through payment at 3% on 3,000
    ordinary = int(Decimal("0.145") * 5500 * 30 / 365)
    assert charge.amount == ordinary + int(Decimal("0.03") * 3000 * 31 / 365)
    assert {line["article"] for line in charge.explanation} == {"isp-access 34", "statute 民法404"}


def test_the_same_reference_is_recorded_once():
    contract = billed()
    things.pay(contract, 5000, DUE, reference="bank 1")
    with pytest.raises(ValidationError) as refused:
        things.pay(contract, 5000, DUE, reference="bank 1 ")
    assert list(refused.value.message_dict) == ["reference"]
    assert Payment.objects.count() == 1


def test_a_payment_cannot_arrive_after_it_was_recorded():
    contract = billed()
    with pytest.raises(ValidationError, match="paid_on"):
        things.record_payment(
            account=things.account(contract),
            amount=1,
            paid_on=date(2025, 7, 2),
            method=Payment.Method.CASH,
            reference="x",
            by=things.people()[0],
            at=factories.at(date(2025, 7, 1)),
        )


@pytest.mark.parametrize("amount", [0, -5])
def test_a_payment_is_more_than_nothing(amount):
    contract = billed()
    with pytest.raises(ValidationError, match="amount"):
        things.pay(contract, amount, DUE)


def test_open_amounts_are_listed_by_age():
    contract = billed("hikari-line", 1000)
    things.bill(JUNE)
    (row,) = ageing(on=date(2025, 7, 10))
    assert row == {
        "terms_code": "hikari-line",
        "not_due": 1100,
        "to_30": 1100,
        "to_60": 0,
        "to_90": 0,
        "over_90": 0,
    }
    balance = balance_of(things.account(contract), on=date(2025, 7, 10))
    assert (balance.open, balance.overdue) == (2200, 1100)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    fees=st.lists(st.integers(1, 50_000), min_size=1, max_size=3),
    payments=st.lists(st.integers(1, 90_000), max_size=4),
)
def test_every_yen_adds_up(fees, payments):
    with transaction.atomic():
        first = things.contract("hikari-line", fees[0])
        for amount in fees[1:]:
            things.contract("isp-access", amount, subscriber=first.subscriber)
        things.bill(MAY)
        for place, amount in enumerate(payments):
            things.pay(first, amount, DUE, reference=f"{place}")
        for invoice in Invoice.objects.all():
            charges = invoice.charges.aggregate(sum=Sum("amount"))["sum"]
            assert invoice.total == charges + invoice.taxes.aggregate(sum=Sum("tax"))["sum"]
            assert invoice.paid == (invoice.allocations.aggregate(sum=Sum("amount"))["sum"] or 0)
            assert (invoice.state == Invoice.State.SETTLED) == (invoice.open_amount == 0)
        for payment in Payment.objects.all():
            assert (
                payment.amount
                == (payment.allocations.aggregate(sum=Sum("amount"))["sum"] or 0) + payment.unallocated
            )
        owed = sum(invoice.total for invoice in Invoice.objects.all())
        assert balance_of(things.account(first), on=DUE).open == max(0, owed - sum(payments))
        assert balance_of(things.account(first), on=DUE).credit == max(0, sum(payments) - owed)
        transaction.set_rollback(True)
