"""What happened on days that were billed at once, and was recorded afterwards: they come to what they would have come to."""

from datetime import date

import pytest

from billing.books.journal import unbalanced
from billing.models import CreditNote, Invoice
from billing.recompute import recompute_invoice
from billing.services.run_arrears import run_arrears
from billing.services.settle_billed_at_once import settle_billed_at_once
from billing.services.void_invoice import void_invoice
from contracts.models import Contract
from tests import factories
from tests.billing import things
from tests.billing.services.test_bill_at_once import JULY, JUNE, MAY, billed, pieces
from tests.billing.services.test_charge_unbilled import NIGHT, by_days
from tests.billing.services.test_passed_contracts import bases, transfer
from tests.billing.services.test_settle_late_items import change, dearer, owed

SIXTH, ELEVENTH = date(2025, 6, 6), date(2025, 6, 11)

pytestmark = [pytest.mark.django_db, pytest.mark.article("hikari-line", "通則1,2")]


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def billed_through_the_tenth() -> Contract:
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    billed(contract)
    return contract


def of_june(contract: Contract) -> list[tuple[int, int, int]]:
    return [(from_.day, to.day, amount) for from_, to, amount in pieces(contract) if from_.month == 6]


def test_an_item_change_within_them_gives_the_bill_back_and_the_run_charges_each_day_once():
    contract = billed_through_the_tenth()
    change(contract, dearer("hikari-line"), SIXTH)
    things.bill(JUNE)
    things.bill(JULY)
    note = CreditNote.objects.get()
    assert (note.invoice.extra_bill is not None, note.total) == (True, 2200)
    assert sorted(of_june(contract)) == [(1, 6, 1000), (1, 11, 2000), (6, 11, 1500), (11, 1, 6000)]
    # Five days at 200 and twenty-five at 300, and July.
    assert owed(contract) == 6000 + 1000 + 7500 + 9000
    assert all(recompute_invoice(invoice).same for invoice in Invoice.objects.filter(extra_bill=None))
    assert unbalanced() == []


def test_a_change_after_them_leaves_the_bill_as_it_is():
    contract = billed_through_the_tenth()
    change(contract, dearer("hikari-line"), date(2025, 6, 21))
    things.bill(JUNE)
    assert not CreditNote.objects.exists()
    assert of_june(contract) == [(1, 11, 2000), (11, 21, 2000), (21, 1, 3000)]


def test_an_ending_within_them_leaves_what_was_used():
    contract = billed_through_the_tenth()
    Contract.objects.filter(pk=contract.pk).update(state="ended", ends_on=date(2025, 6, 5))
    things.bill(JUNE)
    assert owed(contract) == 6000 + 1000


def test_a_transfer_within_them_passes_on_what_was_billed_and_gives_nothing_back_whole():
    contract = billed_through_the_tenth()
    old, new = transfer(contract, SIXTH)
    things.bill(JUNE)
    assert CreditNote.objects.get().total == 1100
    assert bases(old)[1:] == [(JUNE, ELEVENTH, 2000)]
    assert bases(new) == [(SIXTH, ELEVENTH, 1000), (ELEVENTH, JULY, 4000)]


def test_what_was_given_back_whole_is_not_passed_on_again():
    contract = billed_through_the_tenth()
    change(contract, dearer("hikari-line"), date(2025, 6, 4))
    transfer(contract, SIXTH)
    things.bill(JUNE)
    things.bill(JULY)
    assert owed(contract) == 6000 + 3 * 200 + 27 * 300 + 9000


def test_a_bill_that_was_issued_again_is_given_back_too():
    contract = billed_through_the_tenth()
    first, _second = things.people()
    bill = Invoice.objects.exclude(extra_bill=None).get()
    void_invoice(invoice=bill, by=first, at=factories.at(ELEVENTH), reason="宛名の誤り", reissue=True)
    change(contract, dearer("hikari-line"), SIXTH)
    things.bill(JUNE)
    assert owed(contract) == 6000 + 1000 + 7500


@pytest.mark.article("business-network", "10")
def test_what_fell_due_at_once_and_waits_for_its_invoice_comes_off_that():
    contract = things.contract("hikari-line", 6000)
    things.bill(MAY)
    by_days(contract)
    run_arrears(on=NIGHT)
    change(contract, dearer("hikari-line"), SIXTH)
    things.bill(JUNE)
    assert things.invoice(contract, JUNE).total == (1000 + 7500) * 11 // 10
    assert contract.charges.get(source__startswith="billed-anew:").amount == -2000


def test_it_is_done_once():
    contract = billed_through_the_tenth()
    change(contract, dearer("hikari-line"), SIXTH)
    by, at = things.people()[0], factories.at(date(2025, 7, 1))
    assert settle_billed_at_once(by=by, at=at) == 1
    assert settle_billed_at_once(by=by, at=at) == 0
    things.bill(JUNE)
    assert CreditNote.objects.count() == 1
