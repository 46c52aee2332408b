"""Ending a contract: what it costs is shown first, and only the last step does it."""

from datetime import date

import pytest

from billing.models import Charge
from contracts.models import Contract, Ending, Request
from notices.models import Notice
from tests.billing import things
from tests.portal.customers import Customer


def address(contract: Contract) -> str:
    return f"/contracts/{contract.number}/ask/ending/"


def step(customer: Customer, contract: Contract, step: str, **fields: str) -> str:
    """The page that a step of the form leads to."""
    reply = customer.client.post(address(contract), {"step": step, **fields}, follow=True)
    assert reply.status_code == 200
    return str(reply.content.decode())


@pytest.fixture
def network(aoba: Customer) -> Contract:
    """A contract of aoba's under business-network in its third month of 36."""
    contract = things.contract("business-network", 40000, subscriber=aoba.subscriber, start=date(2025, 9, 1))
    Contract.objects.filter(pk=contract.pk).update(term_start=date(2025, 9, 1), term_months=36)
    return contract


@pytest.mark.article("isp-access", "15")
def test_the_first_possible_day_is_today_where_no_notice_period_is_set(aoba: Customer) -> None:
    page = aoba.see(address(aoba.contract))
    assert "最短で2025年11月20日(木)" in page
    assert 'value="2025-11-20"' in page


@pytest.mark.article("business-network", "9")
def test_the_first_possible_day_keeps_the_notice_period(aoba: Customer, network: Contract) -> None:
    page = aoba.see(address(network))
    assert "最短で2025年12月20日(土)" in page
    assert "/terms/business-network/9/" in page


@pytest.mark.article("business-network", "9")
def test_the_early_termination_fee_is_shown_with_its_article(aoba: Customer, network: Contract) -> None:
    page = step(aoba, network, "preview", ends_on="2025-12-31")
    # September to December have begun: 32 of the 36 months are left, at 40,000 yen each.
    assert "中途解約料金" in page
    assert "1,280,000" in page
    assert '<a class="cite" href="/terms/business-network/9/?on=2025-12-31"' in page


def test_looking_changes_nothing(aoba: Customer) -> None:
    counts = [model.objects.count() for model in (Ending, Request, Notice, Charge)]
    page = step(aoba, aoba.contract, "preview", ends_on="2025-12-31")
    assert 'value="send"' in page
    assert [model.objects.count() for model in (Ending, Request, Notice, Charge)] == counts
    aoba.contract.refresh_from_db()
    assert aoba.contract.state == Contract.State.ACTIVE


def test_the_months_are_priced_by_the_rating_itself(aoba: Customer) -> None:
    aoba.client.cookies["django_language"] = "en"
    page = step(aoba, aoba.contract, "preview", ends_on="2025-12-31")
    for cell in ("December 2025", "January 2026", "¥5,100", "¥0"):
        assert cell in page


def test_the_last_step_ends_the_contract_on_the_day(aoba: Customer) -> None:
    page = step(aoba, aoba.contract, "send", ends_on="2025-12-31", reason="移転", sure="on")
    aoba.contract.refresh_from_db()
    assert (aoba.contract.state, aoba.contract.ends_on) == (Contract.State.ENDING, date(2025, 12, 31))
    ending = Ending.objects.get()
    assert (ending.by, ending.form, ending.article) == ("subscriber", "web", "isp-access 15")
    assert "受け付けました" in page
    contract = aoba.see(f"/contracts/{aoba.contract.number}/")
    assert "この契約は2025年12月31日(水)で終わります" in contract
    assert "解除予定" in contract


def test_it_must_be_confirmed(aoba: Customer) -> None:
    page = step(aoba, aoba.contract, "send", ends_on="2025-12-31")
    assert "id_sure_error" in page
    assert not Ending.objects.exists()


def test_a_day_in_the_past_is_refused_with_the_article(aoba: Customer) -> None:
    page = step(aoba, aoba.contract, "send", ends_on="2025-11-19", sure="on")
    assert "お受けできません" in page
    assert 'href="/terms/isp-access/15/' in page
    assert not Ending.objects.exists()


@pytest.mark.article("business-network", "9")
def test_what_comes_too_late_is_refused_before_anything_is_sent(aoba: Customer, network: Contract) -> None:
    page = step(aoba, network, "preview", ends_on="2025-12-19")
    assert "お受けできません" in page
    assert 'value="send"' not in page


@pytest.mark.article("business-network", "9")
def test_where_paper_is_asked_for_the_web_does_not_end_it_but_prints_the_letter(
    aoba: Customer, network: Contract
) -> None:
    page = step(aoba, network, "preview", ends_on="2025-12-31")
    assert 'value="letter"' in page
    assert 'value="send"' not in page

    sent = step(aoba, network, "send", ends_on="2025-12-31", sure="on")
    assert "お受けできません" in sent
    assert not Ending.objects.exists()

    aoba.client.cookies["django_language"] = "en"
    letter = step(aoba, network, "letter", ends_on="2025-12-31")
    for written in ("契約解除届", network.number, aoba.subscriber.name, "2025年12月31日", "最終日"):
        assert written in letter
    assert not Ending.objects.exists()
