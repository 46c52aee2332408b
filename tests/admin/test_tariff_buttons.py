"""What billing does with tariffs, prices, measured use and tariff months."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from billing.models import (
    MovedFirstDay,
    Tariff,
    TariffPrice,
    Usage,
)
from billing.services.set_price import set_price
from contracts.models import Product
from tests import factories
from tests.admin.day import AUGUST, NOW, TERMS, TODAY
from tests.admin.pressing import address, ask, buttons, done, errors, press, text
from tests.billing import things

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_price_is_planned_for_a_day_and_shown_as_planned(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    client = with_role("billing")
    assert done(press(client, tariff, "set-price", amount=6500, valid_from=date(2026, 4, 1), note="改定"))
    assert TariffPrice.objects.filter(tariff=tariff, amount=6500).exists()
    page = client.get(f"/staff/billing/tariff/{tariff.pk}/change/").content.decode()
    assert page.index("6,500") < page.index("予定") < page.index("6,000") < page.index("適用中")


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"terms_code": "hikari-line"}, "product", "isp-access"),
        ({"product": ""}, "product", "商品"),
        ({"kind": "base"}, "kind", "種別"),
        ({"kind": "handling", "article": "isp-access 30"}, "product", "一時料金"),
        ({"kind": "handling", "product": "", "article": ""}, "article", "条"),
        ({"article": "isp-access 999"}, "article", "isp-access 30"),
        ({"article": "30"}, "article", "isp-access 30"),
    ],
)
def test_a_tariff_that_no_run_could_charge_is_refused_at_its_field(with_role, change, field, said):
    option, client = factories.product("isp-access", kind=Product.Kind.OPTION), with_role("billing")
    asked = {
        "code": "fixed-ip", "terms_code": "isp-access", "product": option.pk, "kind": "option", "name": "固定IP",
        "tax_category": "standard", "source": "operator", "article": "isp-access 29", "occasion": "",
    }  # fmt: skip
    refused = client.post("/staff/billing/tariff/add/", asked | change)
    assert said in " ".join(refused.context["adminform"].form.errors[field])
    assert not Tariff.objects.exists()
    assert client.post("/staff/billing/tariff/add/", asked).status_code == 302
    assert Tariff.objects.get().product == option


def test_a_higher_price_is_posted_and_refused_at_its_day_where_there_is_no_time_for_that(with_role):
    tariff, client = things.tariff(factories.product("business-network"), 6000), with_role("billing")
    assert "business-network 4" in text(ask(client, tariff, "set-price").content.decode())
    refused = press(client, tariff, "set-price", amount=6500, valid_from=TODAY)
    assert "business-network 4" in errors(refused, "valid_from")
    assert done(press(client, tariff, "set-price", amount=6500, valid_from=TODAY, required_by_law="on"))
    assert TariffPrice.objects.get(amount=6500).posting.title in text(
        client.get(f"/staff/billing/tariff/{tariff.pk}/change/").content.decode()
    )


@pytest.mark.article("isp-access", "2")
def test_an_objection_to_a_posted_price_is_recorded_on_the_contract_that_pays_it(with_role):
    things.standing()
    contract, other = things.contract("isp-access", 6000), things.contract("isp-access", 6000)
    client = with_role("reception")
    assert "fee-objection" not in buttons(client, contract)
    tariff, day = contract.product.tariffs.get(), date(2026, 4, 1)
    price = set_price(tariff=tariff, amount=6500, valid_from=day, by=factories.staff(), at=NOW)
    assert "fee-objection" not in buttons(client, other)
    assert "isp-access 2" in text(ask(client, contract, "fee-objection").content.decode())
    data = {"price": price.pk, "received_at": NOW, "form": "written"}
    assert "isp-access 2" in errors(
        press(client, contract, "fee-objection", **data | {"form": "web"}), "form"
    )
    assert done(press(client, contract, "fee-objection", **data))
    assert (contract.endings.get().ends_on, contract.endings.get().article) == (day, "isp-access 2")
    assert "fee-objection" not in buttons(client, contract)


def test_a_price_in_a_month_that_is_billed_is_refused(with_role, billed):
    tariff = Tariff.objects.get(product=billed.product)
    response = press(with_role("billing"), tariff, "set-price", amount=1, valid_from=AUGUST)
    assert response.status_code == 200
    assert response.context["form"].errors
    assert TariffPrice.objects.count() == 1


def test_code_and_document_of_a_tariff_are_not_edited(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    client = with_role("billing")
    client.post(
        f"/staff/billing/tariff/{tariff.pk}/change/",
        {
            "code": "other",
            "terms_code": "isp-access",
            "name": "新しい名",
            "tax_category": "standard",
            "source": "operator",
        },
    )
    tariff.refresh_from_db()
    assert (tariff.code != "other", tariff.terms_code, tariff.name) == (True, TERMS, "新しい名")


def test_reception_sets_no_prices(with_role):
    tariff = things.tariff(factories.product(TERMS), 6000)
    assert (
        press(with_role("reception"), tariff, "set-price", amount=1, valid_from=date(2026, 4, 1)).status_code
        == 403
    )


def test_use_that_was_not_measured_is_estimated_on_the_page_of_its_contract(with_role):
    contract = things.contract("business-network", per=Product.Per.USE, start=AUGUST)
    client = with_role("billing")
    days = {
        "first": AUGUST + timedelta(days=10),
        "last": AUGUST + timedelta(days=14),
        "reason": "計測装置の故障",
    }
    assert "過去1年間" in errors(press(client, contract, "estimate-usage", **days), "measured_before")
    assert done(press(client, contract, "estimate-usage", **days, measured_before=10000))
    assert Usage.objects.get().estimated == 5000
    page = client.get(f"/staff/contracts/contract/{contract.pk}/change/").content.decode()
    assert "計測できなかった利用量を推計" in page
    assert "estimate-usage" not in buttons(client, things.contract("business-network"))


def test_files_of_measured_use_and_of_prices_are_uploaded_and_their_bad_rows_named(with_role, clock):
    client = with_role("billing")
    for model, button, content in (
        (Usage, "import", "回線番号,利用月,金額\nL0,2025-09,1\n"),
        (Tariff, "import-prices", "料金コード,適用開始日,金額\nnone,2025-11-01,1\n"),
    ):
        file = SimpleUploadedFile("file.csv", content.encode())
        response = client.post(address(model, button), {"content": file})
        assert content.split(",")[0] in errors(response, "content")


def test_the_first_day_of_the_tariff_month_is_moved_by_two(with_role, signed_in, chief):
    client = with_role("billing")
    wrong = press(client, MovedFirstDay, "propose-hikari-line", since=date(2027, 1, 1), reason="分散")
    assert "現在も" in errors(wrong, "since")
    assert done(press(client, MovedFirstDay, "propose-hikari-line", since=date(2027, 1, 11), reason="分散"))
    move = MovedFirstDay.objects.get()
    assert press(client, move, "approve").status_code == 403
    assert done(press(signed_in(chief), move, "approve"))
    move.refresh_from_db()
    assert move.decided_on
