"""Whoever is assigned a claim is told what it needs, and tells what was paid: both by themselves in the register."""

from datetime import date, datetime
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.models import AssigneePayment, Invoice, ReceivableEnd
from billing.services.assign_receivable import assign_receivable
from billing.services.record_assignee_payment import record_assignee_payment, unpaid_at_assignee
from contracts.models import Contract, Disclosure, Request, Suspension
from contracts.services.record_consents import record_consents
from notices.models import Notice
from tests import factories
from tests.billing import things
from workflow.errors import Refused

MAY, ON, LATER = date(2025, 5, 1), date(2025, 7, 10), date(2025, 7, 25)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def agree(contract: Contract) -> None:
    at = factories.at(date(2025, 5, 2))
    record_consents(contract=contract, by=factories.staff(), at=at, form=Request.Form.WRITTEN)


def billed(terms_code: str = "hikari-line", *, agreed: bool = True) -> tuple[Contract, Invoice]:
    contract = things.contract(terms_code)
    if agreed:
        agree(contract)
    things.bill(MAY)
    return contract, things.invoice(contract)


def assign(invoice: Invoice) -> ReceivableEnd:
    return assign_receivable(invoice=invoice, partner=factories.partner(), by=things.people()[0], on=ON)


def tell(invoice: Invoice, amount: int, *, on: date = LATER, at: datetime | None = None, **fields: Any):
    values = {"reference": "入金連絡1"} | fields
    return record_assignee_payment(
        invoice=invoice,
        amount=amount,
        paid_on=on,
        by=things.people()[0],
        at=at or factories.at(LATER),
        **values,
    )


@pytest.mark.article("hikari-line", "57")
@pytest.mark.article("hikari-line", "47の2")
def test_an_assignment_tells_the_assignee_what_it_needs_and_the_register_says_so():
    contract, invoice = billed()
    assign(invoice)
    entry = Disclosure.objects.get()
    assert (entry.contract, entry.answer, entry.ground, entry.article) == (
        contract, "given", "billing_to_billing_operator", "hikari-line 57-3",
    )  # fmt: skip
    assert entry.items == ["name_and_address", "line_number", "billing_data"]
    assert (entry.partner, entry.reference) == (factories.partner(), invoice.number)
    assert entry.consent is not None
    assert entry.consent.code == "billing_data_to_billing_operator"
    notice = Notice.objects.get(occasion="claim_handed_over")
    assert (notice.recipient, notice.article) == (factories.partner(), "hikari-line 57-3")
    for words in (invoice.number, "6,600円", invoice.recipient, invoice.address, contract.line.number):
        assert words in notice.body
    assert "利用停止" not in notice.body


@pytest.mark.article("hikari-line", "57")
def test_a_suspension_in_force_is_told_to_the_assignee_with_its_content():
    contract, invoice = billed()
    Suspension.objects.create(
        contract=contract, ground="unpaid", article="hikari-line 34-1(1)", reason="5月分の未払い",
        starts_on=date(2025, 7, 1), state=Suspension.State.IN_FORCE,
    )  # fmt: skip
    assign(invoice)
    assert "suspension" in Disclosure.objects.get().items
    body = Notice.objects.get(occasion="claim_handed_over").body
    assert "2025年7月1日から利用停止（5月分の未払い）" in body


@pytest.mark.article("hikari-line", "57")
def test_a_claim_is_not_assigned_where_its_assignee_may_not_be_told():
    contract, invoice = billed(agreed=False)
    with pytest.raises(Refused) as refused:
        assign(invoice)
    assert (str(refused.value.refusal.article), refused.value.refusal.code) == (
        "hikari-line 57-3",
        "no_consent",
    )
    assert things.invoice(contract).state == Invoice.State.ISSUED
    assert not ReceivableEnd.objects.exists()
    assert not Notice.objects.filter(occasion="claim_handed_over").exists()


@pytest.mark.article("hikari-line", "57")
def test_what_the_assignee_tells_of_payments_is_logged_as_received():
    contract, invoice = billed()
    assign(invoice)
    invoice = things.invoice(contract)
    told = tell(invoice, 6000)
    entry = Disclosure.objects.exclude(answer="given").get()
    assert (entry.answer, entry.ground, entry.article, entry.items, entry.reference) == (
        "received", "payment_from_billing_operator", "hikari-line 57-4", ["payment_status"], "入金連絡1",
    )  # fmt: skip
    assert (told.disclosure, told.partner) == (entry, factories.partner())
    assert unpaid_at_assignee(invoice) == 600
    with pytest.raises(ValidationError) as again:
        tell(invoice, 600)
    assert "recorded already" in str(again.value)
    assert AssigneePayment.objects.count() == 1
    tell(invoice, 600, reference="入金連絡2")
    assert unpaid_at_assignee(invoice) == 0


@pytest.mark.parametrize(
    ("amount", "on", "field"),
    [(0, LATER, "amount"), (6601, LATER, "amount"), (1, date(2025, 7, 26), "paid_on")],
)
def test_a_message_of_the_assignee_that_cannot_be_true_is_refused_at_its_field(amount, on, field):
    contract, invoice = billed()
    assign(invoice)
    with pytest.raises(ValidationError) as wrong:
        tell(things.invoice(contract), amount, on=on)
    assert list(wrong.value.message_dict) == [field]


def test_nothing_is_taken_on_a_claim_that_is_ours():
    _, invoice = billed()
    with pytest.raises(ValidationError, match="not assigned"):
        tell(invoice, 100)


def test_a_document_without_such_a_ground_passes_nothing_on():
    contract, invoice = billed("isp-access")
    assign(invoice)
    assert not Disclosure.objects.exists()
    assert not Notice.objects.filter(occasion="claim_handed_over").exists()
    assert tell(things.invoice(contract), 100).disclosure is None


@pytest.mark.article("hikari-line", "57")
@pytest.mark.parametrize(("agreed", "answer"), [(True, "given"), (False, "refused")])
def test_a_claim_assigned_at_issue_is_told_too_and_never_stops_the_run(agreed, answer):
    contract = things.contract("hikari-line")
    Contract.objects.filter(pk=contract.pk).update(partner=factories.partner())
    if agreed:
        agree(contract)
    things.bill(MAY)
    invoice = things.invoice(contract)
    assert invoice.state == Invoice.State.ASSIGNED
    entry = Disclosure.objects.get()
    assert (entry.answer, entry.article, entry.reference) == (answer, "hikari-line 57-3", invoice.number)
    assert Notice.objects.filter(occasion="claim_handed_over").exists() is agreed
