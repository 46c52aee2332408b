"""What a customer asks for: received in order, refused with its article, taken back."""

from datetime import date

import pytest

from contracts.models import Contract, Product, Request
from tests import factories
from tests.portal.customers import Customer


def test_a_pause_is_received_on_the_web_and_shown(aoba: Customer) -> None:
    reply = aoba.client.post(
        f"/contracts/{aoba.contract.number}/pause/", {"on": "2025-12-10", "note": "出張"}, follow=True
    )
    made = Request.objects.latest("id")
    assert reply.redirect_chain == [(f"/requests/{made.number}/", 302)]
    assert (made.kind, made.form, made.state, made.subscriber) == (
        "pause",
        "web",
        "received",
        aoba.subscriber,
    )
    assert made.details == {"on": "2025-12-10", "note": "出張"}
    page = reply.content.decode()
    assert f"お申し込み{made.number}を受け付けました。" in page
    assert "2025年12月10日" in page


@pytest.mark.article("isp-access", "12")
def test_before_a_pause_is_sent_the_page_says_what_the_terms_say_of_it(aoba: Customer) -> None:
    page = aoba.see(f"/contracts/{aoba.contract.number}/pause/")
    assert "/terms/isp-access/12/" in page
    assert aoba.contract.pack(date(2025, 11, 20)).articles["12"].summary_ja in page


def test_a_wrong_date_is_said_at_the_date_and_nothing_is_sent(aoba: Customer) -> None:
    before = Request.objects.count()
    reply = aoba.client.post(f"/contracts/{aoba.contract.number}/pause/", {"on": "31.02.2026"})
    page = reply.content.decode()
    assert '<ul class="wrong-text" id="id_on_error">' in page
    assert "31.02.2026" in page
    assert Request.objects.count() == before


def test_the_wish_for_an_option_names_it(aoba: Customer) -> None:
    option = factories.product("isp-access", kind=Product.Kind.OPTION, name="固定IP", name_en="Fixed IP")
    aoba.client.post(
        f"/contracts/{aoba.contract.number}/option/",
        {"product": option.code, "action": "add", "on": "2025-12-01"},
    )
    made = Request.objects.latest("id")
    assert (made.kind, made.details["product"]) == ("option", option.code)
    assert "Fixed IP" in aoba.see(f"/requests/{made.number}/", "en")


def test_an_option_of_another_document_cannot_be_chosen(aoba: Customer) -> None:
    foreign = factories.product("hikari-line", kind=Product.Kind.OPTION)
    reply = aoba.client.post(
        f"/contracts/{aoba.contract.number}/option/",
        {"product": foreign.code, "action": "add", "on": "2025-12-01"},
    )
    assert reply.status_code == 200
    assert not Request.objects.filter(kind="option").exists()


def test_a_request_is_taken_back_with_one_button(aoba: Customer) -> None:
    address = f"/requests/{aoba.request.number}/"
    assert "お申し込みを取り下げる" in aoba.see(address)
    page = aoba.client.post(address, follow=True).content.decode()
    aoba.request.refresh_from_db()
    assert aoba.request.state == Request.State.WITHDRAWN
    assert "お申し込みを取り下げました。" in page
    assert "お申し込みを取り下げる" not in page


def test_what_is_refused_says_so_with_article_and_reason(aoba: Customer) -> None:
    Request.objects.filter(pk=aoba.request.pk).update(
        state=Request.State.REFUSED,
        decided_on=date(2025, 11, 12),
        article="isp-access 41",
        decision_reason="料金の未払い",
    )
    page = aoba.see(f"/requests/{aoba.request.number}/")
    assert "不承諾" in page
    assert "料金の未払い" in page
    assert 'href="/terms/isp-access/41/?on=2025-11-12"' in page
    assert aoba.client.post(f"/requests/{aoba.request.number}/").status_code == 200
    aoba.request.refresh_from_db()
    assert aoba.request.state == Request.State.REFUSED


def test_a_contract_not_opened_yet_is_cancelled(aoba: Customer) -> None:
    made = factories.contract(
        subscriber=aoba.subscriber, state=Contract.State.ACCEPTED, formed_on=date(2025, 11, 1)
    )
    aoba.client.post(f"/contracts/{made.number}/cancel/", {"reason": "引越しの取りやめ"})
    made.refresh_from_db()
    assert made.state == Contract.State.CANCELLED


def test_a_contract_in_the_wrong_state_says_why_not(aoba: Customer) -> None:
    page = aoba.client.post(f"/contracts/{aoba.contract.number}/cancel/", {}).content.decode()
    assert 'role="alert"' in page
    assert aoba.contract.number in page
    aoba.contract.refresh_from_db()
    assert aoba.contract.state == Contract.State.ACTIVE
