"""What a customer asks for: weighed, received in order, refused with its article, taken back."""

from datetime import date

import pytest

from contracts.kinds import KINDS
from contracts.models import Contract, Product, Request
from contracts.request_words import LABELS
from tests import factories
from tests.contracts.kinds.asking import grant
from tests.portal.customers import Customer


def send(customer: Customer, kind: str, *, step: str = "send", **fields: object) -> str:
    """The page that a step of the form of that kind leads to."""
    address = f"/contracts/{customer.contract.number}/ask/{kind}/"
    reply = customer.client.post(address, {"step": step, **fields}, follow=True)
    assert reply.status_code == 200
    return str(reply.content.decode())


def test_a_pause_is_received_on_the_web_and_shown(aoba: Customer) -> None:
    page = send(aoba, "pause", on="2025-12-10", note="出張")
    made = Request.objects.latest("id")
    assert (made.kind, made.form, made.state, made.subscriber) == (
        "pause",
        "web",
        "received",
        aoba.subscriber,
    )
    assert made.details == {"on": "2025-12-10", "note": "出張"}
    assert f"お申し込み{made.number}を受け付けました。" in page
    assert "2025年12月10日" in page


@pytest.mark.article("isp-access", "12")
def test_before_a_pause_is_sent_the_page_says_what_the_terms_say_of_it(aoba: Customer) -> None:
    page = aoba.see(f"/contracts/{aoba.contract.number}/ask/pause/")
    assert "/terms/isp-access/12/" in page
    assert aoba.contract.pack(date(2025, 11, 20)).articles["12"].summary_ja in page


def test_a_change_of_item_is_weighed_before_it_is_sent_and_can_be_changed_again(aoba: Customer) -> None:
    from tests.billing import things

    other = factories.product("isp-access", name="Nアクセス 10G", item="10Gb/s")
    things.tariff(other, 8100)
    before = Request.objects.count()
    fields = {"product": other.code, "on": "2025-12-01"}
    page = send(aoba, "item_change", step="preview", **fields)
    for shown in ("Nアクセス 10G", "2025年12月1日(月)", "5,100", "8,100", "/terms/isp-access/"):
        assert shown in page
    assert f'<input type="hidden" name="product" value="{other.code}"' in page
    assert Request.objects.count() == before
    again = send(aoba, "item_change", step="change", **fields)
    assert 'value="2025-12-01"' in again
    assert f'value="{other.code}"' in again
    assert "checked" in again


def test_a_wrong_date_is_said_at_the_date_and_nothing_is_sent(aoba: Customer) -> None:
    before = Request.objects.count()
    page = send(aoba, "pause", on="31.02.2026")
    assert '<ul class="wrong-text" id="id_on_error">' in page
    assert "31.02.2026" in page
    assert Request.objects.count() == before


def test_the_wish_for_an_option_names_it(aoba: Customer) -> None:
    option = factories.product("isp-access", kind=Product.Kind.OPTION, name="固定IP", name_en="Fixed IP")
    send(aoba, "option", product=option.code, action="add", on="2025-12-01")
    made = Request.objects.latest("id")
    assert (made.kind, made.details["product"]) == ("option", option.code)
    assert "Fixed IP" in aoba.see(f"/requests/{made.number}/", "en")


def test_an_option_that_is_no_longer_offered_can_still_be_given_up(aoba: Customer) -> None:
    option = factories.option(aoba.contract).product
    Product.objects.filter(pk=option.pk).update(offered=False)
    assert f'value="{option.code}"' in aoba.see(f"/contracts/{aoba.contract.number}/ask/option/")


def test_an_option_of_another_document_cannot_be_chosen(aoba: Customer) -> None:
    foreign = factories.product("hikari-line", kind=Product.Kind.OPTION)
    page = send(aoba, "option", product=foreign.code, action="add", on="2025-12-01")
    assert "id_product_error" in page
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


def test_the_page_says_how_far_the_request_has_come(aoba: Customer) -> None:
    address = f"/requests/{aoba.request.number}/"
    page = aoba.see(address, "en")
    assert 'class="reached" aria-current="step">Received<time datetime="2025-11-10">' in page
    assert '<li class="">Answer</li>' in page
    grant(aoba.request, date(2025, 11, 20))
    page = aoba.see(address, "en")
    assert 'aria-current="step">Answer<time datetime="2025-11-20">' in page
    assert '<li class="">Done</li>' in page


def test_a_contract_not_opened_yet_is_cancelled(aoba: Customer) -> None:
    made = factories.contract(
        subscriber=aoba.subscriber, state=Contract.State.ACCEPTED, formed_on=date(2025, 11, 1)
    )
    aoba.client.post(
        f"/contracts/{made.number}/ask/cancellation/",
        {"reason": "引越しの取りやめ", "step": "send", "sure": "on"},
    )
    made.refresh_from_db()
    assert made.state == Contract.State.CANCELLED


def test_a_contract_in_the_wrong_state_says_why_not(aoba: Customer) -> None:
    page = send(aoba, "cancellation", sure="on")
    assert 'role="alert"' in page
    assert aoba.contract.number in page
    aoba.contract.refresh_from_db()
    assert aoba.contract.state == Contract.State.ACTIVE


def test_a_kind_that_nobody_receives_has_no_page(aoba: Customer) -> None:
    for kind in ("new", "gift"):
        assert aoba.client.get(f"/contracts/{aoba.contract.number}/ask/{kind}/").status_code == 404


@pytest.mark.parametrize("kind", [code for code, kind in KINDS.items() if not kind.new])
def test_every_kind_has_its_form_and_words_for_its_fields(kind: str, aoba: Customer) -> None:
    factories.product("isp-access")
    page = aoba.see(f"/contracts/{aoba.contract.number}/ask/{kind}/")
    assert 'value="preview"' in page
    assert {*KINDS[kind].needs, *KINDS[kind].may} <= set(LABELS)


@pytest.mark.article("hikari-line", "別記5")
@pytest.mark.parametrize(
    ("equipment", "written"),
    [
        ({"equipment": "ルーター"}, True),
        ({"equipment": "ルーター", "certification": "T-12-3456"}, False),
    ],
)
def test_own_equipment_without_certification_is_printed_and_signed(
    aoba: Customer, equipment: dict[str, str], written: bool
) -> None:
    contract = Contract.objects.get(terms_code="hikari-line", subscriber=aoba.subscriber)
    address = f"/contracts/{contract.number}/ask/own_equipment/"
    page = aoba.client.post(address, {"step": "preview", **equipment}).content.decode()
    assert ('value="letter"' in page) is written
    assert ('value="send"' in page) is not written


def test_a_paper_that_may_stand_for_another_says_so(aoba: Customer) -> None:
    contract = Contract.objects.get(terms_code="hikari-line", subscriber=aoba.subscriber)
    address = f"/contracts/{contract.number}/ask/transfer/"
    page = aoba.client.post(address, {"step": "preview", "transferee": factories.subscriber().number})
    assert "（「当事者が連署した所定の書面」に代えて）" in page.content.decode()


@pytest.mark.parametrize("code", ["isp-access", "business-network", "hikari-phone"])
def test_where_a_line_comes_from_is_asked_only_where_the_document_knows_of_it(
    aoba: Customer, code: str
) -> None:
    factories.product(code)
    factories.product("hikari-line")
    assert "approval_number" not in aoba.see(f"/requests/new/{code}/")
    assert "approval_number" in aoba.see("/requests/new/hikari-line/")
