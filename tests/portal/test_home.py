"""The first page: what is to be paid, how the contracts stand, what is new."""

from datetime import date

import time_machine

from contracts.models import Contract, Suspension
from tests import factories
from tests.billing import things
from tests.portal.customers import Customer


def test_the_open_balance_and_the_next_due_day_stand_first(aoba: Customer) -> None:
    assert (aoba.invoice.total, aoba.invoice.due_on) == (5610, date(2025, 11, 27))
    page = aoba.see("/")
    assert '<p class="big-yen"><span class="yen">5,610<span class="unit">円</span></span></p>' in page
    assert "次のお支払期限 <strong>2025年11月27日(木)</strong>" in page
    assert "期限を過ぎています" not in page


def test_after_the_due_day_the_debt_is_called_overdue(aoba: Customer, clock: time_machine.Traveller) -> None:
    clock.move_to(factories.at(date(2025, 11, 27), 23))
    assert "overdue" not in aoba.see("/", "en")
    clock.move_to(factories.at(date(2025, 11, 28)))
    page = aoba.see("/", "en")
    assert 'Of this, <span class="yen">¥5,610</span> is overdue.' in page
    assert "Next due" not in page


def test_a_paid_invoice_is_no_longer_asked_for(aoba: Customer) -> None:
    things.pay(aoba.contract, 5610, date(2025, 11, 19))
    page = aoba.see("/")
    assert "お支払いいただくものはありません。" in page
    assert f'href="/invoices/{aoba.invoice.number}/"' not in page


def test_states_are_told_in_plain_words(aoba: Customer) -> None:
    Contract.objects.filter(pk=aoba.contract.pk).update(state=Contract.State.SUSPENDED)
    assert '<span class="state bad">利用停止中</span>' in aoba.see("/")
    assert '<span class="state bad">Suspended</span>' in aoba.see("/", "en")


def test_a_suspension_that_was_announced_stands_above_everything(aoba: Customer) -> None:
    Suspension.objects.create(
        contract=aoba.contract,
        ground="unpaid",
        article="isp-access 23-1(1)",
        reason="9月分の料金の未払い",
        starts_on=date(2025, 12, 1),
        until_paid=True,
        state=Suspension.State.NOTICED,
    )
    page = aoba.see("/")
    assert "2025年12月1日(月)に利用を停止する予定です" in page
    assert page.index("利用を停止する予定です") < page.index("お支払い予定")


def test_requests_on_their_way_and_notices_are_listed(aoba: Customer) -> None:
    page = aoba.see("/")
    assert f'href="/requests/{aoba.request.number}/"' in page
    assert f'href="/notices/{aoba.notice.pk}/"' in page
    assert aoba.notice.subject in page


def test_contracts_are_found_by_number_place_or_product(aoba: Customer, midori: Customer) -> None:
    line = aoba.subscriber.contracts.get(terms_code="hikari-line")
    for term in (line.number, line.number.lower(), "Ｎライン", "Nライン 千代田"):
        page = aoba.see("/contracts/", q=term)
        assert line.number in page
        assert aoba.contract.number not in page
    assert "ご契約はありません。" in aoba.see("/contracts/", q=midori.contract.number)


def test_a_contract_that_is_over_is_shown_only_where_one_asks_for_it(aoba: Customer) -> None:
    over = factories.contract(subscriber=aoba.subscriber, state=Contract.State.ENDED)
    assert over.number not in aoba.see("/")
    assert over.number not in aoba.see("/contracts/")
    assert over.number in aoba.see("/contracts/", show="all")
