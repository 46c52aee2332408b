"""Bank deposits: matched where it is certain whose they are, otherwise waiting for a person; a match can be undone."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.db.utils import IntegrityError, ProgrammingError

from billing.models import BankFile, Charge, Deposit, Invoice, Payment
from billing.selectors import balance_of
from billing.services.assign_deposit import assign_deposit, set_deposit_aside, undo_match
from billing.services.take_deposits import candidates, take_deposits
from billing.zengin import deposits as zengin
from contracts.models import Subscriber
from tests import factories
from tests.billing import things
from workflow.errors import WrongState
from workflow.selectors import state_changes_of

MAY = date(2025, 5, 1)
DUE = date(2025, 6, 27)
TAKEN = date(2025, 6, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()
    things.collection_account()


def billed(amount: int = 10000, kana: str = "ヤマダショウジ"):
    holder = factories.subscriber(kind=Subscriber.Kind.CORPORATION, name_kana=kana)
    return things.contract("hikari-line", amount, subscriber=holder)


def movement(amount: int = 11000, payer: str = "ｶ)ﾔﾏﾀﾞｼﾖｳｼﾞ", number: int = 1, **changed):
    values = {
        "inquiry_number": f"{number:08d}",
        "booked_on": DUE,
        "incoming": True,
        "amount": amount,
        "payer": payer,
    }
    return zengin.Movement(**(values | changed))


def take(*movements, on: date = TAKEN, line_ends: bool = True, account: str = "7654321") -> BankFile:
    statement = zengin.Statement(
        bank_code="0001", branch_code="001", account_type="1", account_number=account, movements=movements
    )
    return take_deposits(
        content=zengin.write([statement], line_ends=line_ends),
        name="nyukin.txt",
        by=things.people()[0],
        at=factories.at(on),
    )


def test_name_and_amount_together_make_a_payment_of_the_day_it_was_booked():
    contract = billed()
    things.bill(MAY)
    take(movement(), movement(500, incoming=False, number=2))
    deposit = Deposit.objects.get()
    assert deposit.state == Deposit.State.MATCHED
    assert (deposit.payment.paid_on, deposit.payment.amount) == (DUE, 11000)
    assert things.invoice(contract).state == Invoice.State.SETTLED


def test_the_sum_of_all_that_somebody_owes_matches_too():
    contract = billed()
    things.bill(MAY)
    things.bill(date(2025, 6, 1))
    take(movement(22000), on=date(2025, 7, 10))
    assert Deposit.objects.get().state == Deposit.State.MATCHED
    assert balance_of(things.account(contract), on=TAKEN).open == 0


@pytest.mark.parametrize(
    ("deposit", "why"),
    [
        (movement(payer="ｽｽﾞｷ ｲﾁﾛｳ"), "nobody"),
        (movement(10999), "nobody"),
        (movement(payer=""), "no_name"),
    ],
)
def test_what_does_not_match_waits_for_a_person_with_the_reason(deposit, why):
    billed()
    things.bill(MAY)
    take(deposit)
    assert Deposit.objects.values_list("state", "why_open").get() == ("open", why)
    assert not Payment.objects.exists()


def test_two_of_one_name_who_owe_the_same_wait_for_a_person():
    first, second = billed(), billed()
    things.bill(MAY)
    take(movement())
    deposit = Deposit.objects.get()
    assert (deposit.state, deposit.why_open) == ("open", "several")
    assert candidates(deposit) == [things.account(first), things.account(second)]
    assign_deposit(
        deposit=deposit,
        account=things.account(second),
        by=things.people()[0],
        at=factories.at(TAKEN),
        reason="電話で確認",
    )
    assert things.invoice(second).state == Invoice.State.SETTLED
    assert things.invoice(first).state == Invoice.State.ISSUED


def test_two_deposits_of_one_file_do_not_pay_one_invoice_twice():
    billed()
    things.bill(MAY)
    take(movement(), movement(number=2))
    assert list(Deposit.objects.order_by("id").values_list("state", "why_open")) == [
        ("matched", ""),
        ("open", "nobody"),
    ]


def test_the_same_list_twice_or_a_list_that_overlaps_changes_nothing():
    billed()
    things.bill(MAY)
    file = take(movement())
    assert take(movement()) == file
    take(movement(), movement(700, number=2), line_ends=False)
    assert list(Deposit.objects.order_by("id").values_list("amount", flat=True)) == [11000, 700]
    assert Payment.objects.count() == 1


def test_a_list_of_an_account_that_is_not_ours_is_refused():
    with pytest.raises(ValidationError, match="0001-001-1111111, which is no collection account"):
        take(movement(), account="1111111")
    assert not BankFile.objects.exists()


def test_a_match_can_be_undone_and_the_trace_stays():
    wrong, right = billed(), billed(20000)
    things.bill(MAY)
    take(movement(booked_on=date(2025, 7, 20)), on=date(2025, 7, 22))
    deposit = Deposit.objects.get()
    interest = Charge.objects.get(kind=Charge.Kind.LATE_INTEREST)
    undone = deposit.payment
    undo_match(deposit=deposit, by=things.people()[1], at=factories.at(date(2025, 7, 23)), reason="別の会社")
    assert (deposit.state, deposit.payment, deposit.why_open) == ("open", None, "undone")
    owed = things.invoice(wrong)
    assert (owed.state, owed.paid) == (Invoice.State.ISSUED, 0)
    undone.refresh_from_db()
    assert (undone.amount, undone.allocated, undone.returned, undone.unallocated) == (11000, 0, 11000, 0)
    back = Charge.objects.get(kind=Charge.Kind.ADJUSTMENT)
    assert back.amount == -interest.amount
    trace = state_changes_of(deposit).last()
    assert (trace.transition, trace.by, trace.reason) == ("undo", things.people()[1], "別の会社")
    assign_deposit(
        deposit=deposit,
        account=things.account(right),
        by=things.people()[0],
        at=factories.at(date(2025, 7, 23)),
        reason="",
    )
    assert things.invoice(right).paid == 11000
    assert things.invoice(wrong).paid == 0
    assert deposit.matches == 2


def test_a_deposit_that_is_nobodys_payment_is_set_aside_with_its_reason():
    take(movement(payer="ﾐｽﾞﾎｷﾞﾝｺｳ"))
    deposit = Deposit.objects.get()
    with pytest.raises(ValidationError, match="Say what the deposit is"):
        set_deposit_aside(deposit=deposit, by=things.people()[0], at=factories.at(TAKEN), reason=" ")
    set_deposit_aside(deposit=deposit, by=things.people()[0], at=factories.at(TAKEN), reason="利息")
    with pytest.raises(WrongState):
        assign_deposit(
            deposit=deposit,
            account=things.account(billed()),
            by=things.people()[0],
            at=factories.at(TAKEN),
            reason="",
        )


def test_the_facts_of_a_deposit_and_what_was_released_are_final():
    billed()
    things.bill(MAY)
    take(movement())
    deposit = Deposit.objects.get()
    refused = (InternalError, ProgrammingError, IntegrityError)
    with pytest.raises(refused), transaction.atomic():
        Deposit.objects.update(amount=1)
    undo_match(deposit=deposit, by=things.people()[0], at=factories.at(TAKEN), reason="x")
    with pytest.raises(refused), transaction.atomic():
        Payment.objects.get().returns.update(amount=1)
    with pytest.raises(refused), transaction.atomic():
        Payment.objects.get().returns.create(kind="refund", amount=1, returned_on=TAKEN, reason="x")
