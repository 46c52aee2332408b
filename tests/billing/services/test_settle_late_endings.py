"""Endings that are recorded after days behind them were billed: each document gives back what it does not charge."""

from datetime import date

import pytest

from billing.books.journal import unbalanced
from billing.models import CreditNote, Invoice
from billing.recompute import recompute_invoice
from billing.services.give_back import left_of
from billing.services.settle_late_endings import settle_late_endings
from contracts.models import Contract, ContractOption, Ending
from contracts.services.declare_ending import declare_ending
from tests import factories
from tests.billing import things
from tests.billing.services.test_course_changes import courses
from tests.billing.services.test_settle_late_items import change, dearer, owed

MAY, JUNE, JULY = (date(2025, month, 1) for month in (5, 6, 7))

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def end(contract: Contract, last_day: date) -> None:
    """As from a letter that came in time and was found late."""
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=date(2025, 5, 1),
        ended_by=Ending.By.SUBSCRIBER,
        reason="転居",
        ends_on=last_day,
    )
    contract.refresh_from_db()


@pytest.mark.article("hikari-line", "38")
def test_the_days_after_the_end_go_back_where_the_document_charges_by_days():
    contract = things.contract("hikari-line", 6000)
    things.bill(JUNE)
    end(contract, date(2025, 6, 10))
    things.bill(JULY)
    note = CreditNote.objects.get()
    assert (note.invoice.month, note.total, note.reason) == (
        JUNE,
        4400,
        "契約の終了日より後の分を請求していたため",
    )
    assert owed(contract) == 2000
    assert unbalanced() == []
    assert all(invoice.month == JUNE for invoice in Invoice.objects.filter(charges__contract=contract))


@pytest.mark.article("isp-access", "33")
def test_a_month_that_the_document_charges_whole_stays():
    contract = things.contract("isp-access", 6000)
    things.bill(JUNE)
    end(contract, date(2025, 6, 10))
    things.bill(JULY)
    assert not CreditNote.objects.exists()
    assert owed(contract) == 6000


def test_whole_months_after_the_end_go_back():
    contracts = [things.contract(code, 6000) for code in ("hikari-line", "isp-access")]
    things.bill(MAY)
    things.bill(JUNE)
    for contract in contracts:
        end(contract, date(2025, 5, 31))
    things.bill(JULY)
    assert [owed(contract) for contract in contracts] == [6000, 6000]


@pytest.mark.parametrize(("terms_code", "stays"), [("hikari-line", 200), ("isp-access", 600)])
def test_so_do_the_days_after_the_end_of_an_option(terms_code, stays):
    contract = things.contract(terms_code, 6000)
    option = factories.option(contract)
    things.tariff(option.product, 600, kind="option")
    things.bill(JUNE)
    ContractOption.objects.filter(pk=option.pk).update(ends_on=date(2025, 6, 10))
    things.bill(JULY)
    assert owed(contract) == 6000 + stays + 6000
    assert all(recompute_invoice(invoice).same for invoice in Invoice.objects.filter(number__isnull=False))


def test_an_item_change_and_the_end_of_one_month_are_settled_together():
    contract = things.contract("hikari-line", 6000)
    things.bill(JUNE)
    change(contract, dearer("hikari-line"), date(2025, 6, 6))
    end(contract, date(2025, 6, 10))
    things.bill(JULY)
    assert owed(contract) == 5 * 200 + 5 * 300


def test_what_two_late_records_make_too_much_goes_back_once():
    own, partners = courses()
    contract = things.contract("isp-access", product=partners, partner=partners.partner)
    things.bill(MAY)
    things.bill(JUNE)
    change(contract, own, JUNE)
    things.bill(JULY)
    end(contract, date(2025, 5, 31))
    things.bill(date(2025, 8, 1))
    june = contract.charges.get(kind="base", tariff__product=partners, period__startswith=JUNE)
    back = contract.charges.filter(kind="adjustment", source__endswith=f":{june.pk}")
    assert [(row.amount, row.source) for row in back] == [(-june.amount, f"changed-back:{june.pk}")]
    assert left_of(contract.charges.get(source=f"changed:{june.pk}")) == 0


def test_it_is_done_once():
    contract = things.contract("hikari-line", 6000)
    things.bill(JUNE)
    end(contract, date(2025, 6, 10))
    by, at = things.people()[0], factories.at(date(2025, 7, 5))
    assert settle_late_endings(by=by, at=at) == 1
    assert settle_late_endings(by=by, at=at) == 0
    assert owed(contract) == 2000
    assert recompute_invoice(things.invoice(contract, JUNE)).same
