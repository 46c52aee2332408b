"""The page of one contract."""

import re
from datetime import date
from typing import Any

import pytest

from billing.models import InstalmentPlan
from billing.services.set_price import set_price
from contracts.models import Contract, Subscriber, Suspension, Work
from contracts.services.add_option import add_option
from contracts.services.announce_interruption import announce_interruption
from contracts.services.note_change import note_change
from contracts.services.plan_work import plan_work
from contracts.services.publish_terms import publish_terms
from terms.article import ArticleRef
from tests import factories
from tests.billing import things
from tests.portal.customers import Customer
from workflow.selectors import clock_user
from workflow.services.perform import perform


def page_of(customer: Customer, language: str = "ja") -> str:
    return customer.see(f"/contracts/{customer.contract.number}/", language)


def test_it_shows_product_line_and_address(aoba: Customer) -> None:
    page = page_of(aoba)
    assert aoba.contract.product.name in page
    assert aoba.line.number in page
    assert "〒100-0001 東京都千代田区千代田1-1" in page
    assert "2025年4月1日" in page


def test_it_names_the_version_of_the_terms_that_governs_it(aoba: Customer) -> None:
    page = page_of(aoba)
    assert "2022年7月1日施行の版。この契約には2025年4月1日から適用。" in page
    assert 'href="/terms/isp-access/?on=2022-07-01"' in page


def test_options_stand_with_their_days(aoba: Customer) -> None:
    option = factories.option(aoba.contract, ends_on=date(2025, 12, 31))
    page = page_of(aoba)
    assert option.product.name in page
    assert "2025年12月31日まで" in page


@pytest.mark.article("isp-access", "23")
def test_a_suspension_stands_with_reason_article_and_what_to_do(aoba: Customer) -> None:
    perform(
        aoba.contract,
        "suspend",
        by=clock_user(),
        on=date(2025, 11, 10),
        article=ArticleRef("isp-access", "23-1(1)"),
    )
    Suspension.objects.create(
        contract=aoba.contract,
        ground="unpaid",
        article="isp-access 23-1(1)",
        reason="9月分の料金の未払い",
        starts_on=date(2025, 11, 10),
        until_paid=True,
        state=Suspension.State.IN_FORCE,
    )
    page = page_of(aoba)
    assert "2025年11月10日(月)から利用を停止しています" in page
    assert "9月分の料金の未払い" in page
    assert "お支払いの確認まで" in page
    assert "期限を過ぎたご請求をお支払いください。" in page
    # Twice: in the message and in the history.
    assert page.count('href="/terms/isp-access/23/?on=2025-11-10"') == 2
    assert "第23条第1項第1号 利用停止" in page
    assert "Article 23-1(1) 利用停止" in page_of(aoba, "en")


def test_the_history_tells_what_happened_in_plain_words(aoba: Customer) -> None:
    by = factories.staff()
    option = factories.product("isp-access", kind="option", name="固定IP")
    add_option(contract=aoba.contract, product=option, by=by, on=date(2025, 11, 1))
    for day in range(2, 6):
        perform(aoba.contract, "pause", by=by, on=date(2025, 11, day), article=ArticleRef("isp-access", "12"))
        perform(aoba.contract, "resume", by=by, on=date(2025, 11, day))
    page = page_of(aoba)
    assert "オプションを追加: 固定IP" in page
    # The newest six stand open, the others are folded away.
    shown, earlier = page.split('<details class="earlier">')
    assert shown.count("<li><time") == 6
    assert "固定IP" in earlier
    assert page.count('href="/terms/isp-access/12/?on=2025-11-0') == 4


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ("join_group", "契約者グループに加入"),
        ("penalty", "割増金の請求"),
        ("change_subscriber", "契約者の変更"),
        ("announce_option_end", "オプションの終了をお知らせ: 固定IP"),
    ],
)
def test_what_moves_no_state_is_told_in_plain_words_too(aoba: Customer, what: str, said: str) -> None:
    note_change(aoba.contract, what, by=factories.staff(), on=date(2025, 11, 2), reason="固定IP")
    assert said in page_of(aoba)


def test_a_cancellation_within_the_first_days_is_offered_only_in_time(aoba: Customer) -> None:
    Subscriber.objects.filter(pk=aoba.subscriber.pk).update(kind="person", corporate_number="")
    offered = f"/contracts/{aoba.contract.number}/ask/initial_cancellation/"
    assert offered in page_of(aoba)  # The contract document was not received yet.
    Contract.objects.filter(pk=aoba.contract.pk).update(document_received_on=date(2025, 11, 13))
    assert offered in page_of(aoba)  # The 20th is the eighth day.
    Contract.objects.filter(pk=aoba.contract.pk).update(document_received_on=date(2025, 11, 12))
    assert offered not in page_of(aoba)


def test_a_suspension_that_was_only_proposed_is_not_the_customers_to_read(aoba: Customer) -> None:
    Suspension.objects.create(
        contract=aoba.contract,
        ground="breach_of_duties",
        article="isp-access 23-1(3)",
        reason="内部の検討",
        starts_on=date(2025, 12, 1),
    )
    assert "内部の検討" not in page_of(aoba)


def test_works_and_interruptions_ahead_are_announced(aoba: Customer) -> None:
    by = factories.staff(is_superuser=True)
    plan_work(
        contract=aoba.contract,
        by=by,
        kind="repair",
        planned_at=factories.at(date(2025, 11, 25), 13),
        items=[],
        appointed=True,
    )
    announce_interruption(
        by=by,
        at=factories.at(date(2025, 11, 19)),
        terms_code="isp-access",
        title="設備更新",
        ground="maintenance",
        starts_at=factories.at(date(2025, 11, 30), 1),
        ends_at=factories.at(date(2025, 11, 30), 5),
        lines=[aoba.line],
    )
    page = page_of(aoba)
    assert "2025年11月25日 13:00にお約束しています。" in page
    assert "2025年11月30日 1:00から2025年11月30日 5:00まで、この回線はご利用いただけません。" in page


@pytest.mark.parametrize(
    ("state", "offered"),
    [
        (Contract.State.ACTIVE, {"item_change", "other_change", "pause", "ending"}),
        (Contract.State.PAUSED, {"item_change", "other_change", "resume", "ending"}),
        (Contract.State.SUSPENDED, {"item_change", "other_change", "ending"}),
        (Contract.State.ENDED, set()),
    ],
)
def test_only_what_its_state_allows_can_be_asked_for(state: str, offered: set[str], aoba: Customer) -> None:
    factories.product("isp-access")
    Contract.objects.filter(pk=aoba.contract.pk).update(state=state)
    assert {"item_change", "other_change", "pause", "resume", "ending"} & asked(aoba) == offered


def test_before_it_opens_a_contract_can_only_be_given_up(aoba: Customer) -> None:
    Contract.objects.filter(pk=aoba.contract.pk).update(
        state=Contract.State.ACCEPTED, service_start=None, formed_on=date(2025, 11, 1)
    )
    assert "cancellation" in asked(aoba)
    assert not {"pause", "ending", "item_change"} & asked(aoba)


def test_what_its_document_does_not_know_is_not_offered(aoba: Customer) -> None:
    other = factories.contract("business-network", subscriber=aoba.subscriber)
    page = aoba.see(f"/contracts/{other.number}/")
    assert "/ask/ending/" in page
    assert "/ask/pause/" not in page


def asked(customer: Customer) -> set[str]:
    """The kinds of request that the page of the contract offers."""
    address = f"/contracts/{customer.contract.number}/ask/"
    return set(re.findall(rf'href="{address}([a-z_]+)/"', page_of(customer)))


@pytest.mark.article("isp-access", "2")
def test_it_says_which_fee_changes_and_how_to_object_to_that(aoba: Customer) -> None:
    tariff = aoba.contract.product.tariffs.get()
    set_price(
        tariff=tariff,
        amount=5900,
        valid_from=date(2026, 2, 1),
        by=clock_user(),
        at=factories.at(date(2025, 11, 18)),
    )
    page = page_of(aoba)
    assert "5,900円（税抜）" in page
    assert "2026年2月1日までに届くよう" in page
    assert "isp-access" in page[page.index("5,900円") :]
    other = factories.contract("hikari-line", subscriber=aoba.subscriber)
    assert "5,900円" not in aoba.see(f"/contracts/{other.number}/")


def test_a_fee_of_a_document_without_objection_is_shown_without_it(aoba: Customer) -> None:
    contract = things.contract("hikari-line", 6000, subscriber=aoba.subscriber)
    set_price(
        tariff=contract.product.tariffs.get(),
        amount=5900,
        valid_from=date(2026, 2, 1),
        by=clock_user(),
        at=factories.at(date(2025, 11, 18)),
    )
    page = aoba.see(f"/contracts/{contract.number}/")
    assert "5,900円（税抜）" in page
    assert "届くよう" not in page


@pytest.mark.article("isp-access", "2")
def test_it_says_which_version_comes_and_how_to_object_to_that(aoba: Customer, packs: Any) -> None:
    factories.publish_all()
    pack = packs("isp-access", date(2026, 3, 1))
    publish_terms(pack=pack, by=clock_user(), at=factories.at(date(2025, 11, 18)))
    page = page_of(aoba)
    assert "の新しい版" in page
    assert "2026年3月1日までに届くよう" in page


@pytest.mark.article("hikari-line", "41")
def test_what_is_left_of_works_paid_in_instalments_stands_until_it_is_billed(aoba: Customer) -> None:
    contract = things.contract("hikari-line", 4000, subscriber=aoba.subscriber)
    done = factories.at(date(2025, 10, 5), 12)
    work = Work.objects.create(
        contract=contract, kind="opening", planned_at=done, started_at=done, done_at=done, state="done"
    )
    page = f"/contracts/{contract.number}/"
    assert "工事費の分割払い" not in aoba.see(page)
    InstalmentPlan.objects.create(
        work=work,
        first_month=date(2025, 11, 1),
        first_amount=840,
        amount=620,
        count=31,
        article="hikari-line 41",
    )
    assert "未請求の残額 19,440円" in text(aoba.see(page))
    things.bill(date(2025, 11, 1))
    assert "未請求の残額 18,600円" in text(aoba.see(page))


def text(markup: str) -> str:
    """The words of some HTML."""
    return re.sub(r"<[^>]+>", "", markup)
