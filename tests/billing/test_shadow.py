"""A shadow run comes to what the run charged, foretells months to come, and leaves no trace."""

from datetime import date
from io import StringIO

import pytest
from django.core.management import call_command

from billing.models import BillingRun, Charge, Invoice, TariffPrice
from billing.services.bill_at_once import approve_bill, propose_bill
from billing.shadow import Shadow, shadow_run
from contracts.models import Work
from tests import factories
from tests.billing import things

JUNE = date(2025, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db, monkeypatch):
    monkeypatch.setattr("billing.shadow._A_CHUNK", 2)
    things.standing()
    for place in range(5):
        things.contract(things.CODES[place % 2], 5000, start=date(2025, 6, 11 + place))


def sums(shadow: Shadow) -> dict:
    return {key: (rated.amount, charged.amount) for key, rated, charged in shadow.rows()}


def test_a_month_that_is_billed_comes_to_the_same_yen_again():
    things.bill(JUNE)
    *_, shadow = shadow_run(JUNE)
    assert shadow.contracts == 5
    assert {key: rated == charged for key, (rated, charged) in sums(shadow).items()} == {
        ("hikari-line", "base"): True,
        ("hikari-phone", "base"): True,
    }


def test_a_price_entered_too_late_shows_as_a_difference():
    things.bill(JUNE)
    price = TariffPrice.objects.first()
    price.amount += 3000
    price.save()
    *_, shadow = shadow_run(JUNE)
    differences = [rated - charged for rated, charged in sums(shadow).values()]
    assert sum(1 for difference in differences if difference > 0) == 1


def test_a_month_to_come_is_rated_and_nothing_is_written():
    *_, shadow = shadow_run(date(2031, 1, 1))
    assert sums(shadow) == {("hikari-line", "base"): (15_000, 0), ("hikari-phone", "base"): (10_000, 0)}
    assert not any(model.objects.exists() for model in (Charge, Invoice, BillingRun))


def test_what_a_run_would_park_is_told_with_its_reason():
    things.contract(product=factories.product("hikari-line"))
    *_, shadow = shadow_run(JUNE)
    ((reason, count),) = shadow.parked.items()
    assert ("has no tariff" in reason, count) == (True, 1)


def test_a_part_of_the_accounts_is_enough():
    assert [shadow.contracts for shadow in shadow_run(JUNE, most=3)][-1] == 3


def test_the_terminal_prints_sums_and_differences():
    said, progress = StringIO(), StringIO()
    call_command("shadow_run", "2031-01", stdout=said, stderr=progress)
    assert "hikari-line base fee: 3 15,000円 / 0 0円 (+15,000円)" in said.getvalue()
    assert progress.getvalue().count("\n") == 3


@pytest.mark.article("hikari-line", "通則1,2")
def test_what_was_billed_at_once_and_what_is_charged_once_make_no_difference():
    contract = things.contract("hikari-line", 6100)
    things.bill(date(2025, 5, 1))
    day = factories.at(date(2025, 6, 5), 12)
    part = things.tariff(None, 8000, kind="construction", code="part")
    Work.objects.create(
        contract=contract, kind="installation", items=[part.code], planned_at=day, started_at=day, done_at=day, state="done",
    )  # fmt: skip
    one, other = things.people()
    at = factories.at(date(2025, 6, 11))
    bill = propose_bill(contract=contract, through=date(2025, 6, 10), reason="長期不在", by=one, at=at)
    approve_bill(bill=bill, by=other, at=at)
    things.bill(JUNE)
    *_, shadow = shadow_run(JUNE)
    found = sums(shadow)
    assert {rated == charged for rated, charged in found.values()} == {True}
    assert ("hikari-line", "construction") not in found
