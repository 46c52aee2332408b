"""期限の利益の喪失: when all debts fall due at once, and who is told."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from tests.contracts.endings import DAY, accelerate, declared, demanded
from workflow.errors import Refused
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db


@pytest.mark.article("business-network", "10")
def test_the_debts_fall_due_as_the_ground_is_met_though_the_contract_goes_on():
    contract = factories.contract("business-network")
    made = accelerate(contract, since=date(2025, 7, 29))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert (made.article, made.ground_article) == ("business-network 10-2", "business-network 10-1(3)")
    assert (made.accelerated_on, made.recorded_on) == (date(2025, 7, 29), DAY)
    assert made.notice.occasion == "debts_accelerated"
    assert "2025年7月29日" in made.notice.body
    assert state_changes_of(contract).last().transition == "accelerate_debts"


@pytest.mark.article("business-network", "10")
def test_they_fall_due_with_an_ending_by_the_operator_and_its_notice_says_so():
    contract = factories.contract("business-network")
    ending = declared(contract, "attachment", reason="差押え")
    made = contract.accelerations.get()
    assert (made.accelerated_on, made.ground, made.notice) == (DAY, "attachment", ending.notice)
    assert "期限の利益が失われ" in ending.notice.body
    withdraw_ending(ending=ending, by=clock_user(), on=DAY, reason="誤り")
    made.refresh_from_db()
    assert made.stands  # nothing but its own withdrawal undoes it


@pytest.mark.article("business-network", "29")
def test_the_ground_of_another_article_ends_the_contract_without_it():
    contract = factories.contract("business-network")
    ending = declared(contract, "anti_social", reason="反社会的勢力と判明")
    assert not contract.accelerations.exists()
    assert "期限の利益" not in ending.notice.body


@pytest.mark.article("business-network", "10")
def test_a_debt_left_unpaid_counts_from_the_day_after_the_demand_has_run_out():
    contract = factories.contract("business-network")
    with pytest.raises(Refused) as refused:
        accelerate(contract, "unpaid")
    assert refused.value.refusal.code == "no_demand"
    factories.dispatched(demanded(contract), date(2025, 7, 11))
    with pytest.raises(Refused) as refused:
        accelerate(contract, "unpaid", since=date(2025, 7, 31))
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "demand_still_runs",
        "business-network 10-1(7)",
    )
    assert accelerate(contract, "unpaid").accelerated_on == DAY


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access"])
def test_a_document_without_it_refuses(terms_code):
    with pytest.raises(Refused) as refused:
        accelerate(factories.contract(terms_code), "unpaid")
    assert refused.value.refusal.code == "no_acceleration"


def test_a_ground_that_is_not_listed_one_ahead_and_a_second_of_the_day_change_nothing():
    contract = factories.contract("business-network")
    for ground, since, code in (
        ("anti_social", DAY, "no_such_ground"),
        ("insolvency", date(2025, 8, 2), "not_met_yet"),
    ):
        with pytest.raises(Refused) as refused:
            accelerate(contract, ground, since=since)
        assert refused.value.refusal.code == code
    with pytest.raises(ValidationError) as error:
        accelerate(contract, reason=" ")
    assert list(error.value.message_dict) == ["reason"]
    assert not Notice.objects.exists()
    accelerate(contract)
    with pytest.raises(ValidationError) as error:
        accelerate(contract, "attachment")
    assert list(error.value.message_dict) == ["since"]
