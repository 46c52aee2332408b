"""The application for a new contract: choose the document, fill in, see what it costs, send."""

import pytest

from contracts.models import Contract, Request
from tests import factories
from tests.billing import things
from tests.portal.customers import Customer

ADDRESS = "/requests/new/business-network/"
ANSWERS = {
    "postal_code": "100-0001",
    "prefecture": "東京都",
    "city": "千代田区",
    "town": "千代田1-1",
    "building": "",
    "desired_on": "2025-12-15",
    "note": "",
    "step": "send",
    "sure": "on",
}


@pytest.fixture
def product(aoba: Customer):
    """A leased line at 48,000 yen a month, which can be built where the customer is."""
    factories.serve("business-network")
    made = factories.product("business-network", name="専用線 100Mb/s", name_en="Leased line")
    things.tariff(made, 48000)
    return made


def test_it_is_received_and_makes_the_contract_applied_for(aoba: Customer, product) -> None:
    reply = aoba.client.post(ADDRESS, ANSWERS | {"product": product.code})
    made = Request.objects.latest("id")
    assert reply["Location"] == f"/requests/{made.number}/"
    assert (made.kind, made.form, made.state) == ("new", "web", "received")
    assert made.contract is not None
    assert (made.contract.state, made.contract.subscriber) == (Contract.State.APPLIED, aoba.subscriber)
    assert made.contract.line is not None
    assert made.contract.line.postal_code == "1000001"


def test_fees_stand_beside_the_products(aoba: Customer, product) -> None:
    assert '専用線 100Mb/s　月額<span class="yen">48,000' in aoba.see(ADDRESS)
    assert 'Leased line – <span class="yen">¥48,000</span> a month without tax' in aoba.see(ADDRESS, "en")


def test_before_it_is_sent_the_months_before_and_after_are_shown(aoba: Customer, product) -> None:
    before = Contract.objects.count()
    reply = aoba.client.post(ADDRESS, ANSWERS | {"product": product.code, "step": "preview"})
    page = reply.content.decode()
    assert "2026年1月" in page
    assert "5,100" in page
    assert "53,100" in page
    assert "/terms/business-network/" in page
    assert Contract.objects.count() == before


@pytest.mark.article("isp-access", "8")
def test_what_must_be_applied_for_in_writing_is_named_with_its_article_and_printed(aoba: Customer) -> None:
    product = factories.product("isp-access", name="Nアクセス")
    factories.serve("isp-access")
    page = aoba.see("/requests/new/")
    assert 'href="/terms/isp-access/8/' in page
    letter = aoba.client.post(
        "/requests/new/isp-access/", ANSWERS | {"product": product.code, "step": "letter"}
    ).content.decode()
    for written in ("契約申込書", "Nアクセス", aoba.subscriber.name, "2025年12月15日"):
        assert written in letter
    sent = aoba.client.post("/requests/new/isp-access/", ANSWERS | {"product": product.code})
    assert "お受けできません" in sent.content.decode()
    assert not Request.objects.filter(kind="new").exists()


def test_without_agreeing_to_the_terms_nothing_is_sent(aoba: Customer, product) -> None:
    answers = {name: value for name, value in ANSWERS.items() if name != "sure"}
    before = Request.objects.count()
    reply = aoba.client.post(ADDRESS, answers | {"product": product.code})
    assert reply.status_code == 200
    assert "id_sure_error" in reply.content.decode()
    assert Request.objects.count() == before


def test_the_contract_beside_can_only_be_ones_own(aoba: Customer, midori: Customer) -> None:
    product = factories.product("hikari-phone", beside_terms="hikari-line")
    theirs = midori.subscriber.contracts.get(terms_code="hikari-line")
    reply = aoba.client.post(
        "/requests/new/hikari-phone/", ANSWERS | {"product": product.code, "parent": theirs.number}
    )
    assert reply.status_code == 200
    assert "id_parent_error" in reply.content.decode()
    assert not Request.objects.filter(kind="new").exists()


def test_the_postal_code_fills_in_the_address_and_keeps_what_was_typed(aoba: Customer, product) -> None:
    typed = {"product": product.code, "postal_code": "220-0012", "note": "至急", "step": "address"}
    page = aoba.client.post(ADDRESS, typed).content.decode()
    assert 'value="横浜市西区"' in page
    assert 'value="みなとみらい"' in page
    assert "至急" in page
    assert "wrong-text" not in page


def test_a_place_that_the_postal_code_contradicts_is_pointed_out_before_it_is_sent(
    aoba: Customer, product
) -> None:
    answers = ANSWERS | {"product": product.code, "postal_code": "2200012", "step": "preview"}
    assert "神奈川県横浜市西区" in aoba.client.post(ADDRESS, answers).content.decode()


def test_a_document_that_offers_nothing_has_no_page(aoba: Customer) -> None:
    assert aoba.client.get("/requests/new/line-info-api/").status_code == 404
