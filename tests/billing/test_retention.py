"""What the books keep of a person: all of it while the law wants it, and then the sums, the days and the numbers alone."""

from datetime import date
from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction

from billing.books.journal import trial_balance, unbalanced
from billing.models import BankFile, BillingAccount, CreditNote, Deposit, Invoice, InvoicePaper, TransferLine
from billing.recompute import recompute_invoice
from billing.services.issue_credit_note import issue_credit_note
from billing.services.make_papers import paper_of
from billing.services.make_transfer_request import make_transfer_request
from contracts.models import Contract, PurgeCertificate
from contracts.retention.own import BOOKS_DAYS, ERASED_NAME
from contracts.retention.registry import category
from contracts.services.hold_data import place_hold
from contracts.services.purge import purge
from contracts.services.set_retention import set_retention
from tests import factories
from tests.billing import things

MAY = date(2025, 5, 1)
LATER = date(2037, 1, 4)
"""More than eleven years after what happened in summer 2025."""

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    things.standing()


def erase(code: str = "invoices", on: date = LATER, days: int = BOOKS_DAYS) -> list[PurgeCertificate]:
    by = factories.staff()
    if code not in _set:
        set_retention(
            category=category(code), days=days, starts_on=MAY, by=by, at=factories.at(MAY), reason="決定"
        )
        _set.add(code)
    return purge(category=category(code), by=by, at=factories.at(on))


_set: set[str] = set()


@pytest.fixture(autouse=True)
def _no_periods():
    _set.clear()


def over(amount: int = 6000) -> Contract:
    """A contract that was billed in May and paid in June."""
    contract = things.contract("hikari-line", amount)
    things.bill(MAY)
    return contract


def test_the_name_stays_on_invoices_as_long_as_the_law_wants_it_and_then_goes(
    django_capture_on_commit_callbacks,
):
    contract = over()
    invoice = things.invoice(contract)
    things.pay(contract, invoice.total, date(2025, 6, 20))
    paper_of(invoice=invoice, at=factories.at(date(2025, 6, 2)))
    name, address = invoice.recipient, invoice.address
    assert erase(on=date(2036, 6, 1)) == []
    invoice.refresh_from_db()
    assert (invoice.recipient, invoice.address) == (name, address)

    before = trial_balance(since=MAY, until=date(2026, 1, 1))
    with django_capture_on_commit_callbacks(execute=True):
        (certificate,) = erase()
    assert (certificate.count, certificate.article) == (1, "statute 会社法432")
    invoice.refresh_from_db()
    assert (invoice.recipient, invoice.address) == (ERASED_NAME, "")
    assert (invoice.total, invoice.number is not None) == (6600, True)
    assert not InvoicePaper.objects.exists()
    assert trial_balance(since=MAY, until=date(2026, 1, 1)) == before
    assert unbalanced() == []
    assert recompute_invoice(invoice).same
    assert erase() == []


def test_the_pdf_with_the_name_is_deleted_and_one_made_anew_names_nobody(
    settings, django_capture_on_commit_callbacks
):
    contract = over()
    invoice = things.invoice(contract)
    things.pay(contract, invoice.total, date(2025, 6, 20))
    first = paper_of(invoice=invoice, at=factories.at(date(2025, 6, 2)))
    file = Path(settings.MEDIA_ROOT) / InvoicePaper.objects.get().name
    assert file.exists()
    with django_capture_on_commit_callbacks(execute=True):
        erase()
    assert not file.exists()
    assert paper_of(invoice=Invoice.objects.get(), at=factories.at(LATER)) != first


def test_who_still_owes_or_is_held_keeps_the_name_on_the_invoice():
    owing, held, paid = things.contract("hikari-line"), things.contract("hikari-line"), over()
    for contract in (held, paid):
        things.pay(contract, things.invoice(contract).total, date(2025, 6, 20))
    place_hold(by=factories.staff(), at=factories.at(MAY), reason="係争中", subscriber=held.subscriber)
    (certificate,) = erase()
    assert (certificate.count, certificate.held_back) == (1, 1)
    assert things.invoice(paid).recipient == ERASED_NAME
    assert things.invoice(owing).recipient != ERASED_NAME
    assert things.invoice(held).recipient != ERASED_NAME


def test_credit_notes_and_the_papers_of_the_banks_lose_the_person_too():
    contract = things.contract("hikari-line", 6000)
    things.by_transfer(contract)
    things.bill(MAY)
    invoice = things.invoice(contract)
    make_transfer_request(
        account=things.collection_account(), debit_on=date(2025, 6, 27), by=things.people()[0],
        at=factories.at(date(2025, 6, 10)),
    )  # fmt: skip
    digest = BankFile.objects.get().sha256
    things.pay(contract, 5500, date(2025, 6, 20))
    issue_credit_note(
        invoice=invoice, amounts={invoice.charges.get().pk: 1000}, by=things.people()[0],
        at=factories.at(date(2025, 6, 21)), reason="誤り",
    )  # fmt: skip
    deposit = Deposit.objects.create(
        file=BankFile.objects.get(), account=things.collection_account(), booked_on=date(2025, 6, 20),
        inquiry_number="1", amount=10, payer="ヤマダ タロウ", payer_code="123", state=Deposit.State.SET_ASIDE,
    )  # fmt: skip
    assert [certificate.count for certificate in erase()] == [1, 1, 1, 1, 1]
    note, line, file = CreditNote.objects.get(), TransferLine.objects.get(), BankFile.objects.get()
    deposit.refresh_from_db()
    assert (note.recipient, note.address, note.total) == (ERASED_NAME, "", 1100)
    assert (line.holder, line.bank_account, line.amount) == ("", "", 6600)
    assert (bytes(file.content), file.sha256) == (b"", digest)
    assert (deposit.payer, deposit.payer_code) == (f"{ERASED_NAME}{deposit.pk}", "")


def test_otherwise_issued_invoices_stay_final():
    over()
    with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
        Invoice.objects.update(recipient="別人")


def test_no_period_shorter_than_the_law_s_can_be_set():
    with pytest.raises(ValidationError):
        erase(days=BOOKS_DAYS - 1)


def test_the_bank_account_of_a_former_subscriber_goes_with_its_own_period():
    gone, living, held, in_credit = (things.contract("isp-access") for _ in range(4))
    for contract in (gone, living, held, in_credit):
        things.by_transfer(contract)
    things.pay(in_credit, 100, date(2025, 5, 20))
    for contract in (gone, held, in_credit):
        Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ENDED, ends_on=date(2025, 5, 31))
    place_hold(by=factories.staff(), at=factories.at(MAY), reason="係争中", subscriber=held.subscriber)
    assert erase("bank_accounts", on=date(2025, 9, 1), days=365) == []
    (certificate,) = erase("bank_accounts", on=date(2026, 9, 1))
    assert (certificate.count, certificate.held_back) == (1, 1)
    account = things.account(gone)
    account.refresh_from_db()
    assert (account.method, account.account_number, account.holder_kana) == ("bank_deposit", "", "")
    assert BillingAccount.objects.exclude(account_number="").count() == 3
