"""A contract that moves between a course that the operator prices and one that a partner prices: who asks for what."""

from datetime import date, datetime, timedelta

import pytest

from billing.explain import explain_charge
from billing.forecast import forecast
from billing.models import Charge, Invoice
from billing.recompute import recompute_invoice
from billing.services.bill_at_once import approve_bill, propose_bill
from billing.services.choose_letters import choose_letters
from contracts.models import Contract, Outage, Product
from contracts.services.change_product import change_product
from contracts.services.relocate_line import relocate_line
from tests import factories
from tests.billing import things

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
MIDDLE = date(2025, 6, 16)
OWN, PARTNERS = 6000, 5200

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def courses(terms_code: str = "isp-access") -> tuple[Product, Product]:
    """One of ours and one that a partner prices."""
    own = factories.product(terms_code, name="自社のコース")
    partners = factories.product(terms_code, name="他社のコース", partner=factories.partner())
    things.tariff(own, OWN)
    things.tariff(partners, PARTNERS)
    return own, partners


def to_partner(terms_code: str = "isp-access", on: date = MIDDLE) -> Contract:
    """Ours until the day ``on``."""
    own, partners = courses(terms_code)
    contract = things.contract(terms_code, product=own)
    change_product(contract=contract, product=partners, by=things.people()[0], on=on)
    return contract


def to_us(terms_code: str = "isp-access", on: date = MIDDLE) -> Contract:
    """The partner's until the day ``on``."""
    own, partners = courses(terms_code)
    contract = things.contract(terms_code, product=partners, partner=partners.partner)
    change_product(contract=contract, product=own, by=things.people()[0], on=on)
    return contract


def asked(contract: Contract) -> list[tuple[str, date, int, int]]:
    """Who asks for each charge, the first day of its month, its first day, and its yen."""
    found = Charge.objects.filter(contract=contract, invoice__isnull=False).select_related("invoice")
    return [
        (
            "partner" if charge.invoice.partner_id else "us",
            charge.invoice.month,
            charge.period.lower.day,
            charge.amount,
        )
        for charge in found.order_by("period", "id")
    ]


def all_come_out_again() -> bool:
    return all(recompute_invoice(invoice).same for invoice in Invoice.objects.filter(number__isnull=False))


@pytest.mark.article("isp-access", "29")
@pytest.mark.article("isp-access", "32")
def test_the_month_of_a_change_to_the_partners_course_is_still_ours_and_the_next_one_the_partners():
    contract = to_partner()
    things.bill(JUNE)
    things.bill(JULY)
    assert asked(contract) == [("us", JUNE, 1, OWN), ("partner", JULY, 1, PARTNERS)]
    assert Invoice.objects.get(month=JUNE).state == Invoice.State.ISSUED
    assert Invoice.objects.get(month=JULY).state == Invoice.State.ASSIGNED
    assert all_come_out_again()


@pytest.mark.article("isp-access", "25")
@pytest.mark.article("isp-access", "32")
def test_the_month_of_a_change_to_our_course_is_still_the_partners_and_the_next_one_ours():
    contract = to_us()
    things.bill(JUNE)
    things.bill(JULY)
    assert asked(contract) == [("partner", JUNE, 1, PARTNERS), ("us", JULY, 1, OWN)]
    assert all_come_out_again()


@pytest.mark.article("isp-access", "32")
def test_a_change_between_the_end_of_the_month_and_its_run_leaves_the_month_where_it_was():
    contract = to_partner(on=date(2025, 7, 1))
    things.bill(JUNE)
    things.bill(JULY)
    assert asked(contract) == [("us", JUNE, 1, OWN), ("partner", JULY, 1, PARTNERS)]


def test_where_days_are_charged_each_asks_for_the_days_of_its_course():
    contract = to_partner("hikari-line")
    things.bill(JUNE)
    assert asked(contract) == [("us", JUNE, 1, OWN // 2), ("partner", JUNE, 16, PARTNERS // 2)]
    assert sorted(Invoice.objects.values_list("total", flat=True)) == [2860, 3300]
    assert all_come_out_again()


def test_there_and_back_in_one_month_leaves_each_its_days_on_one_invoice():
    contract = to_partner("hikari-line", on=date(2025, 6, 11))
    back = Product.objects.get(partner=None)
    change_product(contract=contract, product=back, by=things.people()[0], on=date(2025, 6, 21))
    things.bill(JUNE)
    assert asked(contract) == [
        ("us", JUNE, 1, 2000),
        ("partner", JUNE, 11, PARTNERS // 3),
        ("us", JUNE, 21, 2000),
    ]
    assert Invoice.objects.count() == 2


@pytest.mark.parametrize(
    ("change", "terms_code", "expected"),
    [
        (to_partner, "isp-access", [("us", JUNE, 1, OWN)]),
        (to_us, "isp-access", [("partner", JUNE, 1, PARTNERS)]),
        (to_partner, "hikari-line", [("us", JUNE, 1, 3000), ("partner", JUNE, 16, PARTNERS * 10 // 30)]),
    ],
)
def test_a_contract_that_ends_in_the_month_of_its_change_follows_the_same_days(change, terms_code, expected):
    contract = change(terms_code)
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ENDED, ends_on=date(2025, 6, 25))
    things.bill(JUNE)
    things.bill(JULY)
    assert asked(contract) == expected
    assert all_come_out_again()


def moment(day: date, hour: int = 9) -> datetime:
    return factories.at(day, hour)


@pytest.mark.article("isp-access", "29")
def test_what_an_outage_under_our_course_gives_back_stands_on_our_invoice():
    contract = to_partner()
    # It was known on the day from which the partner prices the course.
    Outage.objects.create(
        line=contract.line,
        down=moment(date(2025, 6, 15), 20),
        known=moment(MIDDLE),
        restored=moment(date(2025, 6, 18), 9),
    )
    things.bill(JUNE)
    assert asked(contract) == [("us", JUNE, 1, OWN), ("us", JUNE, 16, -400)]
    assert all_come_out_again()


def move(contract: Contract) -> None:
    factories.serve("hikari-phone")
    relocate_line(
        contract=contract,
        by=factories.staff(),
        on=date(2025, 6, 13),
        address=factories.ADDRESS,
        unusable_from=date(2025, 6, 10),
    )


@pytest.mark.article("hikari-phone", "37")
def test_a_move_gives_back_the_days_of_our_course_whatever_course_the_contract_has_since():
    contract = to_partner("hikari-phone")
    move(contract)
    things.bill(JUNE)
    assert [row for row in asked(contract) if row[3] < 0] == [("us", JUNE, 10, -600)]


def test_a_move_under_the_partners_course_gives_back_nothing_of_ours():
    contract = to_us("hikari-phone")
    move(contract)
    things.bill(JUNE)
    assert not contract.charges.filter(kind="outage_credit").exists()


def test_an_invoice_by_post_bears_its_fee_on_our_invoice_for_the_month_of_the_change():
    things.tariff(
        None, 200, terms_code="hikari-line", kind="handling", occasion="invoice_letter", name="請求書発行手数料",
        article="hikari-line 39",
    )  # fmt: skip
    contract = to_partner("hikari-line")
    choose_letters(account=things.account(contract), by=things.people()[0], on=date(2025, 5, 20))
    things.bill(JUNE)
    things.bill(JULY)
    assert asked(contract) == [
        ("us", JUNE, 1, 3000),
        ("partner", JUNE, 16, 2600),
        ("us", JUNE, 30, 200),
        ("partner", JULY, 1, PARTNERS),
    ]
    assert all_come_out_again()


def test_a_charge_that_waits_goes_to_the_invoice_of_the_course_of_its_day():
    contract = to_partner("hikari-line")
    for day, name in ((date(2025, 6, 10), "before"), (date(2025, 6, 20), "after")):
        Charge.objects.create(
            account=things.account(contract), terms_code="hikari-line", contract=contract, kind="adjustment", source=name,
            name=name, period=(day, day + timedelta(1)), unit_price=100, amount=100, article="hikari-line 37",
        )  # fmt: skip
    things.bill(JUNE)
    found = {charge.name: bool(charge.invoice.partner_id) for charge in contract.charges.filter(amount=100)}
    assert found == {"before": False, "after": True}


def test_a_credit_for_an_outage_of_our_course_waits_for_our_invoice():
    contract = to_partner()
    Charge.objects.create(
        account=things.account(contract), terms_code="isp-access", contract=contract, kind="outage_credit", source="outage:1",
        name="減額", period=(MIDDLE, date(2025, 6, 18)), unit_price=6000, amount=-400, article="isp-access 29",
    )  # fmt: skip
    things.bill(JUNE)
    assert Invoice.objects.get(partner=None).total == 6200


@pytest.mark.article("hikari-line", "通則1,2")
def test_what_is_billed_at_once_is_what_we_ask_for_and_the_run_charges_the_rest():
    contract = to_partner("hikari-line")
    things.bill(MAY)
    proposer, approver = things.people()
    at = moment(date(2025, 6, 21))
    bill = propose_bill(contract=contract, through=date(2025, 6, 20), reason="長期不在", by=proposer, at=at)
    alone = approve_bill(bill=bill, by=approver, at=at)
    assert (alone.partner, [charge.amount for charge in alone.charges.all()]) == (None, [3000])
    things.bill(JUNE)
    run = asked(contract)[2:]
    assert {row[0] for row in run} == {"partner"}
    assert sum(row[3] for row in run) == PARTNERS // 2


def test_a_forecast_counts_the_course_of_each_month():
    contract = to_partner()
    assert [month.total for month in forecast(contract, first=MAY, months=3)] == [OWN, OWN, PARTNERS]


def test_each_charge_is_explained_by_the_course_that_it_is_for():
    contract = to_partner("hikari-line")
    things.bill(JUNE)
    told = [explain_charge(charge)["product"] for charge in contract.charges.order_by("period")]
    assert told == ["自社のコース", "他社のコース"]


def test_who_asked_for_a_charge_is_computed_again_too():
    contract = to_us()
    things.bill(JUNE)
    (invoice,) = Invoice.objects.all()
    assert recompute_invoice(invoice).same
    Contract.objects.filter(pk=contract.pk).update(partner=None)
    Product.objects.exclude(partner=None).update(partner=None)
    found = recompute_invoice(invoice)
    assert not found.same
    assert [(line.charged, line.computed) for line in found.differences] == [(PARTNERS, None)]
