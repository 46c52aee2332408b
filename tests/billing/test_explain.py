"""Explain this yen: from the price version to the days, the rounding, the tax and the article."""

import json
from datetime import date

import pytest

from billing.explain import explain_charge, explain_invoice
from billing.models import Charge, Tariff, TariffPrice
from billing.pdf.sheet import invoice_sheets
from contracts.services.record_individual_agreement import record_individual_agreement
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

JUNE = date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def test_every_line_of_an_invoice_says_where_its_yen_come_from():
    product = factories.product("hikari-line", name="Nライン 1Gb/s")
    tariff = things.tariff(product, 6000, code="monthly-1g", name="利用料", source=Tariff.Source.OPERATOR)
    TariffPrice.objects.create(tariff=tariff, valid_from=date(2025, 6, 1), amount=6300, note="改定")
    TariffPrice.objects.create(tariff=tariff, valid_from=date(2025, 8, 1), amount=6500, note="次の改定")
    contract = things.contract("hikari-line", product=product, start=date(2025, 6, 10))
    things.bill(JUNE)
    told = explain_invoice(things.invoice(contract))
    json.dumps(told)
    assert (told["number"], told["terms"], told["month"], told["total"], told["open"]) == (
        "202506-000001",
        "hikari-line",
        "2025-06",
        4851,
        4851,
    )
    (line,) = told["lines"]
    assert (line["from"], line["through"], line["days"], line["of_days"]) == (
        "2025-06-10",
        "2025-06-30",
        21,
        30,
    )
    assert (line["unit_price"], line["amount"], line["rounding"]) == (6300, 4410, "down")
    assert line["tariff"] == {
        "code": "monthly-1g",
        "name": "利用料",
        "valid_from": "2025-06-01",
        "price": 6300,
        "note": "改定",
        "source": "operator",
        "source_label": line["tariff"]["source_label"],
        "agreed": None,
    }
    assert line["contract"] == contract.number
    assert line["steps"] == [
        {
            "text": "2025年6月10日から2025年6月30日までの21日分（21/30）4,410円",
            "article": "hikari-line 38",
            "amount": 4410,
        }
    ]
    assert line["article"]["citation"] == "hikari-line 38"
    assert line["article"]["title"]
    assert line["tax"] == {"category": "standard", "rate": "0.10"}
    assert told["taxes"] == [
        {
            "category": "standard",
            "rate": "0.10",
            "net": 4410,
            "tax": 441,
            "rounding": "down",
            "article": "hikari-line 通則8",
        }
    ]


def test_the_words_are_in_the_language_asked_for():
    contract = things.contract(start=date(2025, 6, 10))
    things.bill(JUNE)
    (line,) = explain_invoice(things.invoice(contract), language="en")["lines"]
    assert line["steps"][0]["text"] == "2025-06-10 to 2025-06-30, 21 days (21/30): 4,200 yen"


def test_late_interest_is_explained_without_a_tariff():
    contract = things.contract("isp-access", 9091)
    things.bill(JUNE)
    things.pay(contract, 10000, date(2025, 8, 20))
    told = explain_charge(Charge.objects.get(kind=Charge.Kind.LATE_INTEREST))
    assert told["tariff"] is None
    assert told["article"]["citation"] == "isp-access 34"
    assert told["steps"][0]["amount"] == told["amount"]
    assert told["tax"] == {"category": "outside", "rate": "0.00"}


def test_a_price_with_a_source_of_its_own_says_so():
    product = factories.product("hikari-line")
    tariff = things.tariff(product, 6000, source=Tariff.Source.STATUTE)
    tariff.prices.update(source=Tariff.Source.DEMONSTRATION)
    contract = things.contract(product=product)
    things.bill(JUNE)
    assert explain_invoice(things.invoice(contract))["lines"][0]["tariff"]["source"] == "demonstration"


def test_a_price_agreed_with_one_subscriber_stands_in_the_place_of_the_tariffs():
    contract = things.contract("hikari-line", 6000)
    record_individual_agreement(
        contract=contract, since=date(2025, 6, 1), form="written", evidence="覚書", tables={},
        prices={contract.product.tariffs.get().code: 4800}, by=factories.staff(), on=date(2025, 6, 1),
    )  # fmt: skip
    things.bill(date(2025, 6, 1))
    invoice = things.invoice(contract)
    [line] = explain_invoice(invoice)["lines"]
    assert (line["amount"], line["tariff"]["agreed"], line["tariff"]["price"]) == (4800, 4800, 6000)
    [sheet] = invoice_sheets([invoice])
    told = sheet["explained"][0][3]
    assert "単価4,800円（" in told
    assert "個別の合意による）" in told
    assert "6,000円" not in told
    assert "第38条、2025年6月1日の個別の合意。" in told
