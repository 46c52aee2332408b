"""Item changes that are entered after their days were billed: each month comes to what it would have come to in time."""

from datetime import date

import pytest
from django.db.models import Sum

from billing.books.journal import unbalanced
from billing.explain import explain_charge
from billing.models import Charge, CreditNote, Invoice
from billing.recompute import recompute_invoice
from billing.services.settle_late_items import settle_late_items
from contracts.models import Contract, Product
from contracts.services.change_product import change_product
from tests import factories
from tests.billing import things
from tests.billing.services.test_course_changes import OWN, PARTNERS, asked, courses
from tests.billing.services.test_passed_contracts import transfer

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
MIDDLE = date(2025, 6, 16)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def settle() -> int:
    return settle_late_items(by=things.people()[0], at=factories.at(date(2025, 7, 5)))


def change(contract: Contract, product: Product, on: date = MIDDLE) -> None:
    change_product(contract=contract, product=product, by=things.people()[0], on=on)


def dearer(terms_code: str) -> Product:
    product = factories.product(terms_code)
    things.tariff(product, 9000)
    return product


def owed(contract: Contract) -> int:
    """Yen without tax asked for in all, less what credit notes give back."""
    charged = contract.charges.filter(invoice__isnull=False).aggregate(sum=Sum("amount", default=0))["sum"]
    notes = CreditNote.objects.filter(invoice__charges__contract=contract).distinct()
    return charged - sum(line.amount for note in notes for line in note.lines.all())


def all_come_out_again() -> bool:
    return all(recompute_invoice(invoice).same for invoice in Invoice.objects.filter(number__isnull=False))


@pytest.mark.article("isp-access", "32")
def test_a_month_that_was_ours_by_mistake_goes_back_and_the_partner_asks_for_it():
    own, partners = courses()
    contract = things.contract("isp-access", product=own)
    things.bill(JUNE)
    change(contract, partners, JUNE)
    things.bill(JULY)
    note = CreditNote.objects.get()
    assert (note.invoice.month, note.total) == (JUNE, 6600)
    assert asked(contract) == [
        ("us", JUNE, 1, OWN),
        ("partner", JULY, 1, PARTNERS),
        ("partner", JULY, 1, PARTNERS),
    ]
    assert all_come_out_again()
    assert unbalanced() == []


@pytest.mark.article("isp-access", "25")
@pytest.mark.article("isp-access", "32")
def test_a_month_that_the_partner_was_assigned_by_mistake_is_taken_off_what_we_ask_for_instead():
    own, partners = courses()
    contract = things.contract("isp-access", product=partners, partner=partners.partner)
    things.bill(JUNE)
    change(contract, own, JUNE)
    things.bill(JULY)
    assert sorted(asked(contract)) == [
        ("partner", JUNE, 1, PARTNERS),
        ("us", JULY, 1, -PARTNERS),
        ("us", JULY, 1, OWN),
        ("us", JULY, 1, OWN),
    ]
    assert all_come_out_again()
    assert unbalanced() == []


@pytest.mark.article("isp-access", "29")
def test_a_late_change_in_mid_month_leaves_a_month_that_is_charged_whole_as_it_was():
    own, partners = courses()
    contract = things.contract("isp-access", product=own)
    things.bill(JUNE)
    change(contract, partners)
    assert settle() == 0
    things.bill(JULY)
    assert asked(contract) == [("us", JUNE, 1, OWN), ("partner", JULY, 1, PARTNERS)]


@pytest.mark.article("hikari-line", "16")
@pytest.mark.article("hikari-line", "38")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone"])
def test_days_after_a_late_change_go_back_at_the_old_price_and_are_charged_at_the_new_one(terms_code):
    late, in_time = things.contract(terms_code), things.contract(terms_code)
    change(in_time, dearer(terms_code))
    things.bill(JUNE)
    change(late, dearer(terms_code))
    things.bill(JULY)
    assert CreditNote.objects.get().total == 3300
    assert asked(late) == [("us", JUNE, 1, 6000), ("us", JULY, 16, 4500), ("us", JULY, 1, 9000)]
    assert owed(late) == owed(in_time) == 16500
    new = late.charges.get(amount=4500)
    assert (new.days, new.of_days, new.article) == (15, 30, in_time.charges.get(amount=4500).article)
    assert explain_charge(new)["steps"]
    assert all_come_out_again()
    assert unbalanced() == []


def test_by_days_each_party_asks_for_its_days_after_a_late_change_too():
    own, partners = courses("hikari-line")
    contract = things.contract("hikari-line", product=own)
    things.bill(JUNE)
    change(contract, partners)
    things.bill(JULY)
    assert CreditNote.objects.get().total == 3300
    assert asked(contract) == [
        ("us", JUNE, 1, OWN),
        ("partner", JULY, 16, PARTNERS // 2),
        ("partner", JULY, 1, PARTNERS),
    ]
    assert all_come_out_again()


def test_a_contract_that_ended_in_the_month_is_settled_alike():
    contract = things.contract("hikari-line")
    Contract.objects.filter(pk=contract.pk).update(ends_on=date(2025, 6, 20))
    things.bill(JUNE)
    change(contract, dearer("hikari-line"))
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ENDED)
    things.bill(JULY)
    assert asked(contract) == [("us", JUNE, 1, 4000), ("us", JULY, 16, 1500)]
    assert owed(contract) == 3000 + 1500


def test_it_is_settled_once_and_a_change_that_came_in_time_moves_nothing():
    late, in_time = things.contract("hikari-phone"), things.contract("hikari-phone")
    change(in_time, dearer("hikari-phone"))
    things.bill(JUNE)
    change(late, dearer("hikari-phone"))
    assert [settle(), settle()] == [2, 0]
    assert CreditNote.objects.count() == 1


def test_a_second_late_change_divides_what_the_first_one_made():
    contract = things.contract("hikari-line")
    things.bill(JUNE)
    change(contract, dearer("hikari-line"), date(2025, 6, 11))
    assert settle() == 2
    cheap = factories.product("hikari-line")
    things.tariff(cheap, 3000)
    change(contract, cheap, date(2025, 6, 21))
    things.bill(JULY)
    assert owed(contract) == 2000 + 3000 + 1000 + 3000
    assert settle() == 0


def test_months_between_the_change_and_its_record_are_all_settled():
    contract = things.contract("hikari-line")
    things.bill(MAY)
    things.bill(JUNE)
    change(contract, dearer("hikari-line"), date(2025, 5, 17))
    things.bill(JULY)
    assert owed(contract) == 6000 * 16 // 31 + 9000 * 15 // 31 + 9000 + 9000
    assert all_come_out_again()


@pytest.mark.article("hikari-phone", "18")
def test_who_had_the_contract_then_is_charged_for_their_own_days():
    contract = things.contract("hikari-phone")
    old, new = transfer(contract, date(2025, 6, 21))
    things.bill(JUNE)
    change(contract, dearer("hikari-phone"), date(2025, 6, 11))
    things.bill(JULY)
    found = Charge.objects.filter(source__startswith="changed:").order_by("period")
    assert [(charge.account.subscriber, charge.amount) for charge in found] == [(old, 3000), (new, 3000)]
