"""Ending a contract: what it costs is shown first, and only the last step does it."""

from datetime import date

import pytest

from billing.models import Charge
from contracts.models import Contract, Ending, Request
from notices.models import Notice
from tests.billing import things
from tests.portal.customers import Customer


def address(customer: Customer) -> str:
    return f"/contracts/{customer.contract.number}/end/"


@pytest.fixture
def network(aoba: Customer) -> Contract:
    """A contract of aoba's under business-network in its third month of 36."""
    contract = things.contract("business-network", 40000, subscriber=aoba.subscriber, start=date(2025, 9, 1))
    Contract.objects.filter(pk=contract.pk).update(term_start=date(2025, 9, 1), term_months=36)
    return contract


@pytest.mark.article("isp-access", "15")
def test_the_first_possible_day_is_today_where_no_notice_period_is_set(aoba: Customer) -> None:
    assert "最短で<strong>2025年11月20日(木)</strong>" in aoba.see(address(aoba))


@pytest.mark.article("business-network", "9")
def test_the_first_possible_day_keeps_the_notice_period(aoba: Customer, network: Contract) -> None:
    page = aoba.see(f"/contracts/{network.number}/end/")
    assert "最短で<strong>2025年12月20日(土)</strong>" in page
    assert "/terms/business-network/9/" in page


@pytest.mark.article("business-network", "9")
def test_the_early_termination_fee_is_shown_with_its_article(aoba: Customer, network: Contract) -> None:
    page = aoba.see(f"/contracts/{network.number}/end/", ends_on="2025-12-31")
    # September to December have begun: 32 of the 36 months are left, at 40,000 yen each.
    assert "中途解約料金" in page
    assert "1,280,000" in page
    assert '<a class="cite" href="/terms/business-network/9/?on=2025-12-31"' in page


def test_looking_changes_nothing(aoba: Customer) -> None:
    counts = [model.objects.count() for model in (Ending, Request, Notice, Charge)]
    page = aoba.see(address(aoba), ends_on="2025-12-31")
    assert "この日で契約を解除する" in page
    assert [model.objects.count() for model in (Ending, Request, Notice, Charge)] == counts
    aoba.contract.refresh_from_db()
    assert aoba.contract.state == Contract.State.ACTIVE


def test_the_last_month_is_priced_by_the_rating_itself(aoba: Customer) -> None:
    page = aoba.see(address(aoba), "en", ends_on="2025-12-31")
    assert "What this contract is charged in December 2025" in page
    assert (
        '<tr class="total"><th scope="row">Total without tax</th><td class="amount"><span class="yen">¥5,100'
        in page
    )


def test_the_last_step_ends_the_contract_on_the_day(aoba: Customer) -> None:
    reply = aoba.client.post(
        address(aoba), {"ends_on": "2025-12-31", "reason": "移転", "sure": "on"}, follow=True
    )
    aoba.contract.refresh_from_db()
    assert (aoba.contract.state, aoba.contract.ends_on) == (Contract.State.ENDING, date(2025, 12, 31))
    ending = Ending.objects.get()
    assert (ending.by, ending.form, ending.article) == ("subscriber", "web", "isp-access 15")
    page = reply.content.decode()
    assert "この契約は2025年12月31日(水)で終わります" in page
    assert "解除予定" in page


def test_it_must_be_confirmed(aoba: Customer) -> None:
    reply = aoba.client.post(address(aoba), {"ends_on": "2025-12-31"})
    assert reply.status_code == 200
    assert "この日で契約を解除する" in reply.content.decode()
    assert not Ending.objects.exists()


def test_a_day_in_the_past_is_refused_with_the_article(aoba: Customer) -> None:
    reply = aoba.client.post(address(aoba), {"ends_on": "2025-11-19", "sure": "on"})
    page = reply.content.decode()
    assert "お受けできません" in page
    assert 'href="/terms/isp-access/15/' in page
    assert not Ending.objects.exists()


@pytest.mark.article("business-network", "9")
def test_what_comes_too_late_is_refused_before_anything_is_sent(aoba: Customer, network: Contract) -> None:
    page = aoba.see(f"/contracts/{network.number}/end/", ends_on="2025-12-19")
    assert "お受けできません" in page
    assert "2. 費用を確かめる" not in page


@pytest.mark.article("business-network", "9")
def test_where_paper_is_asked_for_the_web_does_not_end_it_but_prints_the_letter(
    aoba: Customer, network: Contract
) -> None:
    page = aoba.see(f"/contracts/{network.number}/end/", ends_on="2025-12-31")
    assert "解除は書面でお届けください" in page
    assert f'href="/contracts/{network.number}/end/letter/?ends_on=2025-12-31"' in page
    assert "この日で契約を解除する" not in page

    sent = aoba.client.post(f"/contracts/{network.number}/end/", {"ends_on": "2025-12-31", "sure": "on"})
    assert "お受けできません" in sent.content.decode()
    assert not Ending.objects.exists()

    letter = aoba.see(f"/contracts/{network.number}/end/letter/", "en", ends_on="2025-12-31")
    for written in ("契約解除届", network.number, aoba.subscriber.name, "2025年12月31日"):
        assert written in letter
