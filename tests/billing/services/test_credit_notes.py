"""Credit notes and voids: nothing that was issued is edited, and no yen is lost on the way."""

import io
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import DatabaseError, transaction
from django.db.models import F, Sum
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from billing.books.journal import trial_balance, unbalanced
from billing.models import CreditNote, CreditNoteLine, Invoice, Payment
from billing.pdf.credit_note import credit_note_pdf, credit_note_sheet
from billing.services.issue_credit_note import issue_credit_note
from billing.services.open_dispute import open_dispute
from billing.services.propose_credit import approve_credit, propose_credit, reject_credit
from billing.services.void_invoice import void_invoice
from contracts.models import Contract
from contracts.services.record_outage import record_outage
from notices.models import Notice
from tests import factories
from tests.billing import things
from workflow.errors import NotPermitted
from workflow.models import Approval
from workflow.selectors import state_changes_of

pytestmark = pytest.mark.django_db

JUNE, JULY = date(2025, 6, 1), date(2025, 7, 1)
AT = factories.at(date(2025, 7, 10), 9)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()
    yield
    assert unbalanced() == []
    owed = Invoice.objects.filter(state="issued").aggregate(sum=Sum(F("total") - F("paid")))["sum"] or 0
    booked = trial_balance(since=date(2000, 1, 1), until=date(2100, 1, 1))
    assert sum(row.balance for row in booked if row.account == "receivable") == owed


def billed(amount: int = 20005, **fields) -> tuple[Contract, Invoice]:
    contract = things.contract(amount=amount, **fields)
    things.bill(JUNE)
    return contract, things.invoice(contract)


def credit(invoice: Invoice, amount: int | None = None, **values) -> CreditNote:
    amounts = None if amount is None else {invoice.charges.get().pk: amount}
    values = {"by": things.people()[0], "at": AT, "reason": "誤請求"} | values
    return issue_credit_note(invoice=invoice, amounts=amounts, **values)


@pytest.mark.article("statute", "消費税法57の4")
def test_a_credit_in_part_falls_off_the_debt_with_its_tax_once_per_rate():
    _contract, invoice = billed()
    note = credit(invoice, 10005)
    invoice.refresh_from_db()
    # 22,005 were asked for: 2,000 of tax on 20,005. On the 10,000 that stay it is 1,000.
    assert (note.number, note.total, note.not_sent) == ("R202507-000001", 11005, "")
    assert [(tax.net, tax.tax) for tax in note.taxes.all()] == [(10005, 1000)]
    assert (note.recipient, note.registration_number) == (invoice.recipient, invoice.registration_number)
    assert (invoice.state, invoice.total, invoice.open_amount) == (Invoice.State.ISSUED, 22005, 11000)
    notice = Notice.objects.get(occasion="credit_note_issued")
    assert note.number in notice.body
    assert "11,005円（税込）" in notice.body


@pytest.mark.article("statute", "消費税法57の4")
@pytest.mark.parametrize(("net", "sent"), [(9090, False), (9091, True)])
def test_below_ten_thousand_yen_no_return_invoice_is_sent_and_the_note_says_why(net, sent):
    _contract, invoice = billed(20000)
    note = credit(invoice, net)
    assert (note.total >= 10000) is sent
    assert bool(note.not_sent) is not sent
    assert Notice.objects.filter(occasion="credit_note_issued").exists() is sent


def test_credits_in_parts_give_back_together_what_was_asked_for():
    _contract, invoice = billed(101)
    notes = [credit(invoice, part) for part in (33, 34)] + [credit(invoice)]
    invoice.refresh_from_db()
    assert sum(note.total for note in notes) == invoice.total == 111
    assert (invoice.state, invoice.open_amount) == (Invoice.State.SETTLED, 0)
    assert [note.number[-1] for note in notes] == ["1", "2", "3"]


def test_more_than_is_left_of_a_line_cannot_be_given_back():
    _contract, invoice = billed(5000)
    credit(invoice, 3000)
    with pytest.raises(ValidationError, match="2,000 yen without tax are left"):
        credit(invoice, 2001)
    with pytest.raises(ValidationError, match="0 yen"):
        issue_credit_note(invoice=invoice, amounts={0: 1}, by=things.people()[0], at=AT, reason="誤請求")
    with pytest.raises(ValidationError, match="Say why"):
        credit(invoice, 1, reason=" ")
    assert CreditNote.objects.count() == 1


def test_what_was_paid_on_a_credited_part_stays_on_the_account_or_pays_what_is_open():
    contract, june = billed(20000)
    things.pay(contract, 22000, date(2025, 7, 5))
    things.bill(JULY)
    credit(june, 5000, at=factories.at(date(2025, 8, 2)))
    june.refresh_from_db()
    july, payment = things.invoice(contract, JULY), Payment.objects.get()
    assert (june.state, june.open_amount) == (Invoice.State.SETTLED, 0)
    assert (july.paid, payment.unallocated) == (5500, 0)
    assert [change.transition for change in state_changes_of(june)] == ["settle", "reopen", "settle"]


def test_late_interest_on_what_is_given_back_is_given_back_too():
    contract, invoice = billed(100000)
    things.pay(contract, 110000, date(2025, 9, 30))
    before = contract.subscriber.billing_account.charges.filter(kind="late_interest").get()
    credit(invoice, 50000, at=factories.at(date(2025, 10, 2)))
    waiting = contract.subscriber.billing_account.charges.filter(invoice=None)
    assert before.amount > 0
    assert 0 < waiting.aggregate(sum=Sum("amount"))["sum"] <= before.amount // 2 + 1


def test_a_void_answers_the_whole_invoice_and_frees_its_month():
    contract, invoice = billed(20000)
    things.pay(contract, 10000, date(2025, 7, 5))
    open_dispute(invoice=invoice, by=things.people()[0], on=date(2025, 7, 6), reason="覚えがない")
    note, again = void_invoice(invoice=invoice, by=things.people()[0], at=AT, reason="二重契約")
    invoice.refresh_from_db()
    assert (invoice.state, invoice.open_amount, note.total, note.voids) == (
        Invoice.State.VOID,
        0,
        22000,
        True,
    )
    assert again is None
    assert Payment.objects.get().unallocated == 10000
    assert invoice.disputes.get().closed_on == date(2025, 7, 10)


def test_an_invoice_issued_again_has_the_next_number_and_the_same_lines_and_takes_what_was_paid():
    contract, invoice = billed(20000)
    things.pay(contract, 22000, date(2025, 7, 5))
    contract.subscriber.name = "株式会社あらた"
    contract.subscriber.save()
    note, again = void_invoice(
        invoice=invoice, by=things.people()[0], at=AT, reason="宛名の誤り", reissue=True
    )
    assert again is not None
    assert (again.number, again.recipient, again.total) == ("202506-000002", "株式会社あらた", note.total)
    assert (again.state, again.issued_on) == (Invoice.State.SETTLED, date(2025, 7, 10))
    old, new = invoice.charges.get(), again.charges.get()
    assert (new.amount, new.explanation, new.source) == (old.amount, old.explanation, f"reissued:{old.pk}")
    # The month is charged: the next run asks for July only.
    things.bill(JULY)
    assert things.invoice(contract, JULY).total == 22000


def test_an_assigned_claim_and_a_void_invoice_are_not_credited():
    _contract, invoice = billed(20000)
    void_invoice(invoice=invoice, by=things.people()[0], at=AT, reason="誤り")
    invoice.refresh_from_db()
    with pytest.raises(ValidationError, match="void"):
        credit(invoice, 1)


def test_what_staff_propose_a_second_person_carries_out():
    proposer, other = things.people()
    _contract, invoice = billed(20000)
    charge = invoice.charges.get()
    proposal = propose_credit(
        invoice=invoice, by=proposer, at=AT, reason="誤請求", amounts={charge.pk: 15000}
    )
    assert not CreditNote.objects.exists()
    assert Approval.objects.latest("id").proposed_at == AT
    with pytest.raises(NotPermitted):
        approve_credit(proposal=proposal, by=proposer, at=AT)
    note = approve_credit(proposal=proposal, by=other, at=AT)
    assert (proposal.note, note.total, proposal.is_approved) == (note, 16500, True)
    rejected = propose_credit(invoice=invoice, by=proposer, at=AT, reason="全部", void=True)
    reject_credit(proposal=rejected, by=other, at=AT, reason="必要ない")
    assert CreditNote.objects.count() == 1


def test_a_credit_note_cannot_be_changed_nor_more_credited_than_asked_for():
    _contract, invoice = billed(20000)
    note = credit(invoice, 15000)
    for rows in (CreditNote.objects, CreditNoteLine.objects, note.taxes):
        with pytest.raises(DatabaseError, match="Cannot update"), transaction.atomic():
            rows.update(note=note) if rows is not CreditNote.objects else rows.update(total=1)
    with pytest.raises(DatabaseError, match="invoice_allocated_at_most_once"), transaction.atomic():
        CreditNote.objects.create(
            number="x",
            invoice=invoice,
            issued_on=JUNE,
            issued_by=note.issued_by,
            reason="x",
            article="x",
            total=5501,
        )


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(data=st.data())
def test_no_yen_is_lost_between_charges_invoices_payments_and_credits(data):
    with transaction.atomic():
        things_before = transaction.savepoint()
        try:
            _no_yen_is_lost(data)
        finally:
            transaction.savepoint_rollback(things_before)


def _no_yen_is_lost(data):
    contract, invoice = billed(data.draw(st.integers(1, 50000), "net"))
    received = 0
    for _ in range(data.draw(st.integers(1, 4), "steps")):
        invoice.refresh_from_db()
        left = invoice.charges.get().amount - (
            CreditNoteLine.objects.aggregate(sum=Sum("amount"))["sum"] or 0
        )
        if data.draw(st.booleans(), "pays"):
            amount = data.draw(st.integers(1, 60000), "paid")
            things.pay(contract, amount, date(2025, 7, 9))
            received += amount
        elif left and invoice.state in (Invoice.State.ISSUED, Invoice.State.SETTLED):
            if data.draw(st.integers(0, 4), "void") == 0:
                void_invoice(invoice=invoice, by=things.people()[0], at=AT, reason="誤り")
            else:
                credit(invoice, data.draw(st.integers(1, left), "credit"))
    invoice.refresh_from_db()
    notes = CreditNote.objects.filter(invoice=invoice)
    credited = notes.aggregate(sum=Sum("total"))["sum"] or 0
    standing = invoice.allocations.filter(release=None).aggregate(sum=Sum("amount"))["sum"] or 0
    assert invoice.paid == credited + standing <= invoice.total
    assert invoice.total == invoice.charges.get().amount + invoice.taxes.get().tax
    payments = Payment.objects.all()
    assert sum(payment.unallocated for payment in payments) + standing == received
    for note in notes:
        taxes = note.taxes.aggregate(net=Sum("net"), tax=Sum("tax"))
        assert taxes["net"] + taxes["tax"] == note.total
        assert taxes["net"] == note.lines.aggregate(sum=Sum("amount"))["sum"]
    if CreditNoteLine.objects.aggregate(sum=Sum("amount"))["sum"] == invoice.charges.get().amount:
        assert credited == invoice.total


def test_the_paper_of_a_credit_note_names_the_invoice_and_what_falls_off_each_rate():
    _contract, invoice = billed(20000)
    note = credit(invoice, 15000, reason="誤って請求したため")
    pdf = credit_note_pdf(note)
    front = "".join(PdfReader(io.BytesIO(pdf)).pages[0].extract_text().split())
    for shown in (note.number, invoice.number, "適格返還請求書", "10%対象（税抜）15,000円", "消費税額等（10%）1,500円",
                  "その発行日2025年7月1日", "発行日2025年7月10日", "誤って請求したため", note.registration_number):  # fmt: skip
        assert shown in front
    assert credit_note_pdf(note) == pdf


def test_the_lines_of_a_credit_note_have_the_sign_of_its_sums():
    _contract, invoice = billed(20000)
    note = credit(invoice, 15000)
    sheet = credit_note_sheet(note)
    [line] = sheet["groups"][0]["lines"]
    assert line[4] == "15,000"
    assert sheet["sums"][0] == ["10%対象（税抜）", "15,000"]
    assert sheet["total"] == "16,500"
    assert "ご請求した20,000円（税抜）のうち15,000円を減額します。" in sheet["explained"][0][3]


def test_a_credit_that_is_taken_back_stands_on_the_paper_below_nothing():
    contract = things.contract("isp-access", 6000)
    down = factories.at(date(2025, 6, 10))
    record_outage(
        line=contract.line,
        by=things.people()[0],
        down=down,
        known=down,
        restored=down + timedelta(hours=24),
    )
    things.bill(JUNE)
    note = credit(things.invoice(contract))
    sheet = credit_note_sheet(note)
    assert [line[4] for line in sheet["groups"][0]["lines"]] == ["6,000", "-200"]
    assert sheet["sums"][0] == ["10%対象（税抜）", "5,800"]
    assert "先に減額した200円（税抜）のうち200円の減額を取り消します。" in sheet["explained"][1][3]
