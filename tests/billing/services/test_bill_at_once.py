"""随時計算: what one contract used is billed before its month is over (the proviso of hikari-line 通則1)."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.books.journal import unbalanced
from billing.models import Charge, ExtraBill, Invoice
from billing.recompute import recompute_invoice
from billing.services.bill_at_once import approve_bill, foresee_bill, propose_bill, reject_bill
from billing.services.void_invoice import void_invoice
from contracts.models import Contract
from notices.models import Notice
from tests import factories
from tests.billing import things
from tests.billing.services.test_passed_contracts import bases, transfer
from workflow.errors import NotPermitted, Refused
from workflow.selectors import state_changes_of

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))
TENTH = date(2025, 6, 10)
AT = factories.at(date(2025, 6, 11))

pytestmark = [pytest.mark.django_db, pytest.mark.article("hikari-line", "通則1,2")]


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def proposed(contract: Contract, through: date = TENTH) -> ExtraBill:
    return propose_bill(
        contract=contract, through=through, reason="長期不在の申出", by=things.people()[0], at=AT
    )


def billed(contract: Contract, through: date = TENTH) -> Invoice:
    return approve_bill(bill=proposed(contract, through), by=things.people()[1], at=AT)


def pieces(contract: Contract) -> list[tuple[date, date, int]]:
    found = Charge.objects.filter(contract=contract).order_by("period")
    return [(charge.period.lower, charge.period.upper, charge.amount) for charge in found]


def test_a_second_person_has_the_days_billed_at_once_and_the_run_bills_the_rest():
    contract = things.contract("hikari-line", 6100)
    other = things.contract("hikari-line", 3000, subscriber=contract.subscriber)
    things.bill(MAY)
    bill = proposed(contract)
    with pytest.raises(NotPermitted):
        approve_bill(bill=bill, by=things.people()[0], at=AT)
    invoice = approve_bill(bill=bill, by=things.people()[1], at=AT)
    assert (invoice.state, invoice.total, invoice.month) == ("issued", 2033 + 203, JUNE)
    assert (invoice.number, invoice.extra_bill) == ("202506-000001", bill)
    assert (bill.decided_on, bill.article) == (date(2025, 6, 11), "hikari-line 通則1,2")
    assert state_changes_of(bill).get(transition="bill_at_once").article == "hikari-line 通則1,2"
    assert Notice.objects.filter(occasion="invoice_issued", facts__invoice_number=invoice.number).exists()
    things.bill(JUNE)
    # 2,033 and 4,067: cutting the month loses no yen of it.
    assert pieces(contract)[1:] == [(JUNE, date(2025, 6, 11), 2033), (date(2025, 6, 11), JULY, 4067)]
    month = Invoice.objects.get(month=JUNE, extra_bill=None)
    assert (month.number, month.total) == ("202506-000002", (4067 + 3000) * 11 // 10)
    assert set(month.charges.values_list("contract", flat=True)) == {contract.pk, other.pk}
    assert recompute_invoice(month).same
    assert recompute_invoice(invoice).same
    assert unbalanced() == []


def test_what_it_would_ask_for_is_named_before_it_is_proposed():
    contract = things.contract("hikari-line", 6100)
    things.contract("hikari-line", 3000, subscriber=contract.subscriber)
    things.bill(MAY)
    foreseen = foresee_bill(contract=contract, through=TENTH, at=AT)
    assert [(charge.amount, charge.period) for charge in foreseen.charges] == [
        (2033, (JUNE, date(2025, 6, 11)))
    ]
    assert foreseen.total == 2033 + 203
    assert not ExtraBill.objects.exists()
    assert billed(contract).total == foreseen.total
    with pytest.raises(ValidationError, match="billed already"):
        foresee_bill(contract=contract, through=TENTH, at=AT)


def test_the_prices_are_loaded_once_for_the_days_and_their_invoice():
    contract = things.contract("hikari-line", 6100)
    things.bill(MAY)
    bill = proposed(contract)
    with CaptureQueriesContext(connection) as captured:
        approve_bill(bill=bill, by=things.people()[1], at=AT)
    assert sum('FROM "billing_tariffprice"' in query["sql"] for query in captured) == 1


@pytest.mark.article("hikari-line", "22")
def test_who_takes_over_the_contract_with_its_debts_is_not_asked_again_for_what_was_billed_at_once():
    contract = things.contract("hikari-line", 6100)
    things.bill(MAY)
    billed(contract)
    old, new = transfer(contract, date(2025, 6, 21))
    things.bill(JUNE)
    assert bases(old)[1:] == [(JUNE, date(2025, 6, 11), 2033)]
    assert bases(new) == [(date(2025, 6, 11), JULY, 4067)]
    assert unbalanced() == []


def test_it_is_paid_and_voided_as_any_other():
    contract = things.contract("hikari-line", 6100)
    things.bill(MAY)
    invoice = billed(contract)
    _note, again = void_invoice(
        invoice=invoice, by=things.people()[0], at=AT, reason="宛名の誤り", reissue=True
    )
    assert again is not None
    assert (again.total, again.extra_bill) == (invoice.total, invoice.extra_bill)
    things.bill(JUNE)
    assert Invoice.objects.get(month=JUNE, extra_bill=None).total == 4067 * 11 // 10


def test_what_was_billed_at_once_is_billed_on_from_there():
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    billed(contract, date(2025, 6, 5))
    for through in (date(2025, 6, 5), date(2025, 5, 31)):
        with pytest.raises(ValidationError, match="billed already"):
            proposed(contract, through)
    billed(contract)
    assert pieces(contract)[1:] == [
        (JUNE, date(2025, 6, 6), 1000),
        (date(2025, 6, 6), date(2025, 6, 11), 1000),
    ]
    things.bill(JUNE)
    assert sum(yen for _from, _to, yen in pieces(contract)[1:]) == 6000


def test_days_to_come_are_not_billed_and_a_rejected_bill_charges_nothing():
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    with pytest.raises(ValidationError, match="days that are over"):
        proposed(contract, date(2025, 6, 11))
    reject_bill(bill=proposed(contract), by=things.people()[1], at=AT, reason="不要")
    assert Invoice.objects.filter(month=JUNE).count() == 0
    things.bill(JUNE)
    assert pieces(contract)[1:] == [(JUNE, JULY, 6000)]


def test_where_nothing_was_used_nothing_is_issued_and_the_bill_still_waits():
    contract = things.contract("hikari-line", 0)
    things.bill(MAY)
    bill = proposed(contract)
    with pytest.raises(ValidationError, match="Nothing was used"):
        approve_bill(bill=bill, by=things.people()[1], at=AT)
    bill.refresh_from_db()
    assert bill.decided_on is None
    reject_bill(bill=bill, by=things.people()[1], at=AT, reason="不要")


@pytest.mark.parametrize("terms_code", ["hikari-phone", "isp-access", "business-network"])
def test_a_document_without_the_proviso_refuses(terms_code):
    contract = things.contract(terms_code)
    with pytest.raises(Refused) as refused:
        proposed(contract)
    assert refused.value.refusal.code == "not_at_once"
    assert not ExtraBill.objects.exists()
