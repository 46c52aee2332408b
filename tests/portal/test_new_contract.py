"""The application for a new contract."""

import pytest

from contracts.models import Contract, Request
from tests import factories
from tests.billing import things
from tests.portal.customers import Customer

ANSWERS = {
    "postal_code": "100-0001",
    "prefecture": "東京都",
    "city": "千代田区",
    "town": "千代田1-1",
    "building": "",
    "parent": "",
    "desired_on": "2025-12-15",
    "note": "",
    "agreed": "on",
}


def test_it_is_received_and_makes_the_contract_applied_for(aoba: Customer) -> None:
    product = factories.product("business-network", name="専用線 100Mb/s")
    reply = aoba.client.post("/requests/new/", ANSWERS | {"product": product.code})
    made = Request.objects.latest("id")
    assert reply["Location"] == f"/requests/{made.number}/"
    assert (made.kind, made.form, made.state) == ("new", "web", "received")
    assert made.contract is not None
    assert (made.contract.state, made.contract.subscriber) == (Contract.State.APPLIED, aoba.subscriber)
    assert made.contract.line is not None
    assert made.contract.line.postal_code == "1000001"


def test_fees_stand_beside_the_products(aoba: Customer) -> None:
    product = factories.product("business-network", name="専用線 100Mb/s", name_en="Leased line")
    things.tariff(product, 48000)
    assert '専用線 100Mb/s　月額<span class="yen">48,000' in aoba.see("/requests/new/")
    assert 'Leased line – <span class="yen">¥48,000</span> a month without tax' in aoba.see(
        "/requests/new/", "en"
    )


@pytest.mark.article("isp-access", "8")
def test_what_must_be_applied_for_in_writing_is_named_with_its_article(aoba: Customer) -> None:
    page = aoba.see("/requests/new/")
    assert 'href="/terms/isp-access/8/' in page
    assert aoba.contract.product.code not in page


def test_without_agreeing_to_the_terms_nothing_is_sent(aoba: Customer) -> None:
    product = factories.product("business-network")
    answers = {name: value for name, value in ANSWERS.items() if name != "agreed"}
    before = Request.objects.count()
    assert aoba.client.post("/requests/new/", answers | {"product": product.code}).status_code == 200
    assert Request.objects.count() == before


def test_the_contract_beside_can_only_be_ones_own(aoba: Customer, midori: Customer) -> None:
    product = factories.product("hikari-phone", beside_terms="hikari-line")
    theirs = midori.subscriber.contracts.get(terms_code="hikari-line")
    reply = aoba.client.post("/requests/new/", ANSWERS | {"product": product.code, "parent": theirs.number})
    assert reply.status_code == 200
    assert not Request.objects.filter(kind="new").exists()
