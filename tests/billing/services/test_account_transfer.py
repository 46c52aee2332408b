"""Account transfer: asked for once at a time, answered once, and the same answer twice changes nothing."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import InternalError, transaction
from django.db.utils import IntegrityError, ProgrammingError

from billing.models import BankFile, Invoice, Payment, TransferLine
from billing.services.make_transfer_request import make_transfer_request, waiting_for_transfer
from billing.services.open_dispute import open_dispute
from billing.services.take_transfer_result import take_transfer_result
from billing.zengin import account_transfer as zengin
from notices.models import Notice
from tests import factories
from tests.billing import things

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)
ASKED = date(2025, 6, 10)
DUE = date(2025, 6, 27)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def billed(amount: int = 10000, **bank):
    """A contract paid by account transfer, with the invoice of May, due on 27 June."""
    contract = things.contract("hikari-line", amount)
    things.by_transfer(contract, **bank)
    return contract


def ask(debit_on: date = DUE, asked: date = ASKED) -> BankFile:
    return make_transfer_request(
        account=things.collection_account(),
        debit_on=debit_on,
        by=things.people()[0],
        at=factories.at(asked),
    )


def answer(request: BankFile, *results: str, on: date = date(2025, 7, 1), line_ends: bool = True) -> BankFile:
    return take_transfer_result(
        content=result_file(request, *results, line_ends=line_ends),
        name="kekka.txt",
        by=things.people()[0],
        at=factories.at(on),
    )


def result_file(request: BankFile, *results: str, line_ends: bool = True) -> bytes:
    """The request as the bank sends it back."""
    asked = zengin.read(bytes(request.content))
    debits = tuple(debit.answered(result) for debit, result in zip(asked.debits, results, strict=True))
    answered = zengin.Transfer(collector=asked.collector, debit_day=asked.debit_day, debits=debits)
    return zengin.write(answered, line_ends=line_ends)


def test_every_invoice_paid_by_account_transfer_is_asked_for_and_no_other():
    first, second = billed(10000), billed(5000, account_number="7777777")
    things.contract("hikari-line", 3000)  # by bank deposit
    things.bill(MAY)
    file = ask()
    assert (file.count, file.amount, file.debit_on) == (2, 16500, DUE)
    asked = zengin.read(bytes(file.content))
    assert [(debit.account_number, debit.amount, debit.new_code) for debit in asked.debits] == [
        ("1234567", 11000, "1"),
        ("7777777", 5500, "1"),
    ]
    assert asked.collector.code == "1234567890"
    assert (asked.collector.name, asked.collector.bank_name) == ("ﾃﾞﾓﾂｳｼﾝ(ｶ", "ﾐｽﾞﾎ")
    assert asked.debits[0].holder == "ﾔﾏﾀﾞ ｼﾖｳｼﾞ"
    assert [line.invoice for line in file.lines.order_by("number")] == [
        things.invoice(first),
        things.invoice(second),
    ]


@pytest.mark.parametrize(
    ("wished", "debited"),
    [
        (date(2025, 6, 28), date(2025, 6, 30)),  # a Saturday
        (date(2025, 7, 21), date(2025, 7, 22)),  # Marine Day
        (date(2025, 12, 31), date(2026, 1, 5)),  # the turn of the year, and a Sunday
    ],
)
def test_the_debit_day_moves_to_the_next_day_on_which_banks_are_open(wished, debited):
    billed()
    things.bill(MAY)
    file = ask(wished)
    assert file.debit_on == debited
    assert zengin.read(bytes(file.content)).debit_day == f"{debited:%m%d}"


def test_an_invoice_is_in_one_request_at_a_time():
    billed()
    things.bill(MAY)
    file = ask()
    with pytest.raises(ValidationError, match="No invoice due by"):
        ask()
    line = file.lines.get()
    with pytest.raises(IntegrityError, match="transfer_in_flight_once"), transaction.atomic():
        TransferLine.objects.create(
            file=file, number=2, invoice=line.invoice, account=line.account, amount=1, customer_number="1"
        )


def test_what_was_debited_is_paid_on_the_debit_day_and_bears_no_interest():
    contract = billed()
    things.bill(MAY)
    answer(ask(), "0")
    payment = Payment.objects.get()
    assert (payment.paid_on, payment.amount, payment.method) == (DUE, 11000, "account_transfer")
    assert things.invoice(contract).state == Invoice.State.SETTLED
    assert not things.account(contract).charges.filter(kind="late_interest").exists()
    assert TransferLine.objects.get().payment == payment


def test_what_failed_is_recorded_with_its_reason_told_and_asked_for_again():
    contract = billed()
    things.bill(MAY)
    answer(ask(), "1")
    assert TransferLine.objects.get().result == TransferLine.Result.NO_FUNDS
    assert not Payment.objects.exists()
    notice = Notice.objects.get(occasion="transfer_failed")
    assert notice.recipient == contract.subscriber
    assert "預金残高が不足していたため" in notice.body
    again = ask(date(2025, 7, 28), asked=date(2025, 7, 10))
    assert again.lines.get().invoice == things.invoice(contract)
    assert zengin.read(bytes(again.content)).debits[0].new_code == "0"


def test_the_bank_is_told_of_a_changed_account():
    contract = billed()
    things.bill(MAY)
    answer(ask(), "2")
    things.by_transfer(contract, account_number="7777777")
    again = ask(date(2025, 7, 28), asked=date(2025, 7, 10))
    assert zengin.read(bytes(again.content)).debits[0].new_code == "2"


@pytest.mark.parametrize("line_ends", [True, False])
def test_the_same_result_twice_changes_nothing(line_ends):
    billed()
    billed(account_number="7777777")
    things.bill(MAY)
    request = ask()
    file = answer(request, "0", "3")
    before = list(TransferLine.objects.order_by("id").values())
    again = answer(request, "0", "3", line_ends=line_ends, on=date(2025, 7, 2))
    assert (again == file) is line_ends  # the same bytes are the same file
    assert list(TransferLine.objects.order_by("id").values()) == before
    assert Payment.objects.count() == Notice.objects.filter(occasion="transfer_failed").count() == 1


def test_a_result_that_contradicts_an_earlier_one_is_refused_and_changes_nothing():
    billed()
    things.bill(MAY)
    request = ask()
    answer(request, "0")
    with pytest.raises(ValidationError, match="Record 2 was answered otherwise before"):
        answer(request, "1")
    assert BankFile.objects.filter(kind="transfer_result").count() == 1


def test_a_result_for_another_amount_is_refused_and_changes_nothing():
    billed()
    things.bill(MAY)
    asked = zengin.read(bytes(ask().content))
    changed = zengin.Debit(**(vars(asked.debits[0]) | {"amount": 1, "result": "0"}))
    content = zengin.write(
        zengin.Transfer(collector=asked.collector, debit_day=asked.debit_day, debits=(changed,)),
        line_ends=True,
    )
    with pytest.raises(ValidationError, match="Record 2 is not what was asked for"):
        take_transfer_result(
            content=content, name="x", by=things.people()[0], at=factories.at(date(2025, 7, 1))
        )
    assert not Payment.objects.exists()


def test_a_result_before_its_debit_day_or_of_no_request_is_refused():
    billed()
    things.bill(MAY)
    request = ask()
    with pytest.raises(ValidationError, match="The banks debit on .*; this result cannot be taken before"):
        answer(request, "0", on=DUE - timedelta(1))
    assert request.lines.get().result == ""
    with pytest.raises(ValidationError, match="bytes instead of 120"):
        take_transfer_result(
            content=b"abc", name="x", by=things.people()[0], at=factories.at(date(2025, 7, 1))
        )


def test_a_contested_invoice_is_not_asked_for():
    contract = billed()
    things.bill(MAY)
    open_dispute(invoice=things.invoice(contract), by=things.people()[0], on=ASKED, reason="x")
    assert not waiting_for_transfer().exists()


def test_the_banks_need_the_file_before_the_debit_day():
    billed()
    things.bill(MAY)
    with pytest.raises(ValidationError, match="before the debit day"):
        ask(DUE, asked=DUE)


def test_a_name_that_no_file_can_carry_is_refused_where_it_is_entered():
    contract = things.contract("hikari-line")
    with pytest.raises(ValidationError, match="cannot stand in a bank file"):
        things.by_transfer(contract, holder_kana="山田商事")


def test_one_name_that_no_file_can_carry_keeps_no_other_from_being_asked_for():
    bad, good = billed(), billed(account_number="7777777")
    account = things.account(bad)
    type(account).objects.filter(pk=account.pk).update(holder_kana="山田")
    things.bill(MAY)
    file = ask()
    assert file.lines.get().invoice == things.invoice(good)
    assert things.invoice(bad).number in file.left_out[0]


def test_a_bank_file_and_an_answer_are_never_changed():
    billed()
    things.bill(MAY)
    file = ask()
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        BankFile.objects.filter(pk=file.pk).update(name="x")
    answer(file, "1")
    with pytest.raises((InternalError, ProgrammingError)), transaction.atomic():
        TransferLine.objects.update(result="")
