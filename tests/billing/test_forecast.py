"""A contract's coming months, foretold by the rating of the run and borne out by it."""

from datetime import date

import pytest

from billing.forecast import forecast
from billing.models import Charge, Invoice, TariffPrice
from billing.services.charge_penalty import charge_penalty
from contracts.models import Contract, Product, Work
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

JULY = date(2025, 7, 1)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def test_the_forecast_is_what_the_runs_then_charge():
    contract = things.contract("hikari-line", 6000, ends_on=date(2025, 9, 10))
    option = factories.product("hikari-line", kind=Product.Kind.OPTION)
    things.tariff(option, 300)
    factories.option(contract, product=option)
    TariffPrice.objects.create(
        tariff=contract.product.tariffs.get(), valid_from=date(2025, 8, 1), amount=6600
    )
    found = forecast(contract, first=JULY, months=4)
    assert [(month.month, month.total) for month in found] == [
        (date(2025, 7, 1), 6300),
        (date(2025, 8, 1), 6900),
        (date(2025, 9, 1), 2300),
        (date(2025, 10, 1), 0),
    ]
    for month in found[:3]:
        things.bill(month.month)
        charged = Charge.objects.filter(run__month=month.month).order_by("id")
        assert [(each.name, each.amount, each.article) for each in charged] == [
            (each.name, each.amount, each.article) for each in month.charges
        ]


def test_what_is_charged_once_stands_in_one_month():
    contract = things.contract()
    day = factories.at(date(2025, 7, 20), 12)
    tariff = things.tariff(None, 8000, kind="construction", code="part")
    Work.objects.create(
        contract=contract,
        kind="installation",
        items=[tariff.code],
        planned_at=day,
        started_at=day,
        done_at=day,
        state="done",
    )
    months = forecast(contract, first=JULY, months=2)
    assert [sum(1 for charge in month.charges if charge.source) for month in months] == [1, 0]


def test_a_month_that_cannot_be_rated_says_why():
    contract = things.contract(product=factories.product("hikari-line"))
    (month,) = forecast(contract, first=JULY, months=1)
    assert (month.total, "has no tariff" in month.problem) == (0, True)


def test_nothing_is_written_and_other_contracts_stay_out():
    contract = things.contract("hikari-line", 6000)
    things.contract("hikari-phone", 1300, subscriber=contract.subscriber)
    (month,) = forecast(contract, first=JULY, months=1)
    assert month.total == 6000
    assert not Charge.objects.exists()
    assert not Invoice.objects.exists()


def test_who_has_no_account_has_no_forecast():
    assert (
        forecast(factories.contract("hikari-line", state=Contract.State.ACTIVE), first=JULY, months=1) == []
    )


def test_what_waits_for_the_next_invoice_stands_in_the_month_that_is_billed_next():
    contract = things.contract("isp-access", 6000)
    things.bill(date(2025, 6, 1))
    charge_penalty(
        contract=contract, evaded=500, taxable=True, reference="R-1", reason="不正利用", by=factories.staff(),
        at=factories.at(JULY),
    )  # fmt: skip
    found = forecast(contract, first=JULY, months=2)
    waiting = sum(contract.charges.filter(invoice__isnull=True).values_list("amount", flat=True))
    assert waiting == 500 + 1000
    assert [month.total for month in found] == [6000 + waiting, 6000]
    things.bill(JULY)
    assert things.invoice(contract, JULY).taxes.get().net == 6000 + waiting
    assert [month.total for month in forecast(contract, first=date(2025, 8, 1), months=1)] == [6000]


def test_what_is_charged_already_is_not_foretold_again():
    contract = things.contract()
    day = factories.at(date(2025, 6, 30), 12)
    tariff = things.tariff(None, 8000, kind="construction", code="part")
    Work.objects.create(
        contract=contract, kind="installation", items=[tariff.code], planned_at=day, started_at=day, done_at=day,
        state="done",
    )  # fmt: skip
    things.bill(date(2025, 6, 1))
    assert contract.charges.filter(kind="construction").count() == 1
    assert [month.total for month in forecast(contract, first=JULY, months=1)] == [6000]
