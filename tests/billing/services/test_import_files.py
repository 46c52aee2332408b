"""Files of measured use and of prices: all rows or none, and every bad cell by name."""

from datetime import date

import pytest

from billing.models import Tariff, TariffPrice, Usage
from billing.services.import_prices import import_prices
from billing.services.import_usage import import_usage
from contracts.importing.read_file import ImportRefused
from tests import factories
from tests.billing import things

pytestmark = pytest.mark.django_db

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def usage(*rows: str) -> int:
    return import_usage(data="\n".join(["回線番号,利用月,金額", *rows]).encode())


def problems(call, *rows: str) -> list[str]:
    with pytest.raises(ImportRefused) as refused:
        call(*rows)
    return [f"{problem.line} {problem.column}: {problem.reason}" for problem in refused.value.problems]


def prices(*rows: str) -> int:
    data = "\n".join(["料金コード,適用開始日,金額,備考", *rows]).encode("cp932")
    return import_prices(data=data, by=things.people()[0], at=factories.at(date(2025, 5, 1)))


@pytest.mark.article("hikari-phone", "38")
def test_calls_on_a_line_as_the_wholesaler_measured_them_are_charged_with_their_month():
    contract = things.contract("hikari-phone", 500)
    assert usage(f"{contract.line.number},2025-06,1234") == 1
    things.bill(JUNE)
    calls = things.invoice(contract).charges.get(kind="use")
    assert (calls.contract, calls.name, calls.amount, calls.article) == (
        contract,
        "通信料金",
        1234,
        "hikari-phone 38",
    )
    assert things.invoice(contract).total == (500 + 1234) * 11 // 10


@pytest.mark.article("hikari-phone", "38")
def test_calls_go_to_whoever_held_the_line_in_that_month():
    before = things.contract(
        "hikari-phone", 500, state="ended", ends_on=MAY.replace(day=31), live=(date(2025, 4, 1), JUNE)
    )
    after = things.contract("hikari-phone", 500, line=before.line, start=date(2025, 6, 2))
    number = before.line.number
    usage(f"{number},2025-05,100", f"{number},2025/06,200")
    assert {row.contract: row.amount for row in Usage.objects.all()} == {before: 100, after: 200}


def test_the_same_line_and_month_again_corrects_the_amount_until_the_month_is_billed():
    contract = things.contract("hikari-phone", 500)
    row = f"{contract.line.number},2025-06,"
    usage(row + "100")
    usage(row + "\uff12\uff10\uff10円")
    assert Usage.objects.get().amount == 200
    things.bill(JUNE)
    assert problems(usage, row + "300") == [
        "2 利用月: 2025-06 is billed already; propose a supplementary charge instead."
    ]
    assert Usage.objects.get().amount == 200


@pytest.mark.article("hikari-line", "36の2")
def test_use_of_a_line_whose_tariff_measures_nothing_is_not_taken_and_not_charged():
    line = things.contract("hikari-line", 500)
    phone = things.contract("hikari-phone", 500, subscriber=line.subscriber)
    assert problems(usage, f"{line.line.number},2025-06,300") == [
        "2 回線番号: the terms of its contract know no metered charge."
    ]
    assert usage(f"{phone.line.number},2025-06,300") == 1
    things.bill(JUNE)
    charged = line.subscriber.billing_account.charges.filter(kind="use")
    assert list(charged.values_list("contract", "amount")) == [(phone.pk, 300)]


def test_one_bad_row_keeps_all_rows_out_and_each_is_named():
    phone, line = things.contract("hikari-phone", 500), things.contract("hikari-line", 500)
    good = f"{phone.line.number},2025-06,100"
    found = problems(
        usage, good, "L0,2025-06,1", f"{line.line.number},2025-06,1", good, f"{phone.line.number},June,-1"
    )
    assert found == [
        "3 回線番号: no contract had service on this line in that month.",
        "4 回線番号: the terms of its contract know no metered charge.",
        "5 回線番号: stands on row 2 already, for the same month.",
        "6 利用月: “June” is not a month; write it as 2025-04.",
        "6 金額: “-1” is no amount; write whole yen, such as 1200.",
    ]
    assert not Usage.objects.exists()


@pytest.mark.article("hikari-phone", "41")
def test_what_is_charged_is_what_the_tariff_says_on_its_day():
    contract = things.contract("hikari-phone", 500)
    code = contract.product.tariffs.get().code
    assert prices(f"{code},2025-06-01,700,改定", f"{code},2025-07-01,900,") == 2
    assert [things.bill(month).net for month in (MAY, JUNE, date(2025, 7, 1))] == [500, 700, 900]
    charge = things.invoice(contract, JUNE).charges.get()
    assert (charge.tariff, charge.unit_price) == (Tariff.objects.get(code=code), 700)


def test_prices_are_taken_all_or_none():
    contract = things.contract("hikari-phone", 500)
    code = contract.product.tariffs.get().code
    things.bill(MAY)
    before = TariffPrice.objects.count()
    found = problems(
        prices,
        f"{code},2025-07-01,700,",
        "none,2025-07-01,700,",
        f"{code},2025-05-15,700,",
        f"{code},2025-07-01,800,",
        f"{code},tomorrow,8.5,",
    )
    assert [problem.split(":")[0] for problem in found] == [
        "3 料金コード",
        "4 適用開始日",
        "5 料金コード",
        "6 適用開始日",
        "6 金額",
    ]
    assert "2025-05 is billed already" in found[1]
    assert TariffPrice.objects.count() == before


@pytest.mark.article("business-network", "15")
def test_what_was_used_with_the_customers_id_is_charged_to_the_customer_whoever_used_it():
    contract = things.contract("business-network", 0, per="use")
    usage(f"{contract.line.number},2025-06,5000")
    things.bill(JUNE)
    invoice = things.invoice(contract)
    assert invoice.account.subscriber == contract.subscriber
    assert [(charge.kind, charge.amount) for charge in invoice.charges.all()] == [("use", 5000)]
