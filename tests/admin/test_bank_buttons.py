"""What billing does with files of banks and with deposits."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.models import BankFile, Deposit, Invoice, TransferLine
from billing.zengin import account_transfer
from contracts.models import Contract
from tests import factories
from tests.admin.pressing import address, buttons, done, errors, press
from tests.admin.world import NOW, TERMS, TODAY
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture
def billed(clock: object) -> Contract:
    """A contract paid by account transfer whose August is unpaid."""
    things.standing()
    contract = things.contract(TERMS)
    things.by_transfer(contract)
    things.bill(date(2025, 8, 1))
    return contract


@pytest.fixture
def asked(with_role, billed) -> BankFile:
    """The bank was asked."""
    ours = things.collection_account()
    assert done(
        press(with_role("billing"), BankFile, "request", account=ours.pk, debit_on=TODAY + timedelta(1))
    )
    return BankFile.objects.get()


def upload(client, button: str, content: bytes):
    return client.post(address(BankFile, button), {"content": SimpleUploadedFile("x.txt", content)})


def test_the_request_is_downloaded_byte_by_byte(with_role, asked):
    response = with_role("audit").get(f"/staff/billing/bankfile/{asked.pk}/file/")
    assert response.content == bytes(asked.content)
    assert account_transfer.read(response.content).debits[0].amount == TransferLine.objects.get().amount
    page = with_role("audit").get(f"/staff/billing/bankfile/{asked.pk}/change/").content.decode()
    assert asked.sha256 in page
    assert TransferLine.objects.get().customer_number in page


def test_the_result_is_uploaded_and_settles_the_invoice(with_role, billed, asked, clock):
    transfer = account_transfer.read(bytes(asked.content))
    answered = account_transfer.Transfer(
        collector=transfer.collector,
        debit_day=transfer.debit_day,
        debits=(transfer.debits[0].answered("0"),),
    )
    clock.move_to(NOW + timedelta(2))
    content = account_transfer.write(answered, line_ends=True)
    assert done(upload(with_role("billing"), "result", content))
    assert things.invoice(billed).state == Invoice.State.SETTLED


def test_a_file_that_is_none_is_refused_at_its_field(with_role, billed):
    assert "バイト" in errors(upload(with_role("billing"), "result", b"abc"), "content")
    assert "バイト" in errors(upload(with_role("billing"), "deposits", b"abc"), "content")
    assert not BankFile.objects.exists()


def test_credit_control_takes_no_files(with_role):
    assert upload(with_role("credit_control"), "result", b"abc").status_code == 403


def test_a_deposit_is_assigned_by_number_and_the_match_undone(with_role, billed):
    deposit = Deposit.objects.create(
        file=BankFile.objects.create(
            kind="deposits",
            name="x",
            content=b"x",
            sha256="x",
            count=1,
            amount=500,
            made_at=NOW,
            made_by=factories.staff(),
        ),
        account=things.collection_account(),
        booked_on=TODAY,
        inquiry_number="1",
        amount=500,
        payer="ｽｽﾞｷ",
    )
    client = with_role("billing")
    assert buttons(client, deposit) == ["assign", "aside"]
    response = press(client, deposit, "assign", subscriber="S-NOBODY", reason="")
    assert "S-NOBODY" in errors(response, "subscriber")
    assert done(press(client, deposit, "assign", subscriber=billed.subscriber.number, reason="電話"))
    assert things.invoice(billed).paid == 500
    assert buttons(client, deposit) == ["undo"]
    assert done(press(client, deposit, "undo", reason="別人"))
    assert things.invoice(billed).paid == 0
    assert done(press(client, deposit, "aside", reason="利息"))
    assert done(press(client, deposit, "back", reason="やはり"))
    assert buttons(client, deposit) == ["assign", "aside"]


def test_the_result_lists_what_was_not_debited_and_why(with_role, asked, clock):
    transfer = account_transfer.read(bytes(asked.content))
    answered = account_transfer.Transfer(
        collector=transfer.collector,
        debit_day=transfer.debit_day,
        debits=(transfer.debits[0].answered("1"),),
    )
    clock.move_to(NOW + timedelta(2))
    client = with_role("billing")
    assert done(upload(client, "result", account_transfer.write(answered, line_ends=True)))
    result = BankFile.objects.get(kind=BankFile.Kind.TRANSFER_RESULT)
    page = client.get(f"/staff/billing/bankfile/{result.pk}/change/").content.decode()
    assert ("資金不足" in page, TransferLine.objects.get().customer_number in page) == (True, True)


def test_the_only_account_of_ours_is_chosen_beforehand(with_role, billed):
    ours = things.collection_account()
    page = with_role("billing").get(address(BankFile, "request"))
    assert page.context["form"]["account"].value() == ours.pk
