"""期限の利益の喪失: when all debts fall due at once, who is told, and what alone undoes it."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import ProgrammingError, transaction

from contracts.models import Acceleration, Contract
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.withdraw_acceleration import withdraw_acceleration
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from tests.contracts.endings import DAY, declared, demanded
from workflow.errors import Refused, WrongState
from workflow.selectors import clock_user, state_changes_of

pytestmark = pytest.mark.django_db


def accelerate(contract: Contract, ground: str = "insolvency", **fields: Any) -> Acceleration:
    values: dict[str, Any] = {"on": DAY, "since": DAY, "reason": "破産手続開始の申立て"}
    return accelerate_debts(contract=contract, by=clock_user(), ground=ground, **(values | fields))


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


def test_a_recorded_reason_alone_undoes_it_and_the_record_stays():
    made = accelerate(factories.contract("business-network"))
    with pytest.raises(ValidationError):
        withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="")
    withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="申立ての取下げ")
    assert not made.stands
    assert Notice.objects.latest("id").occasion == "acceleration_withdrawn"
    with pytest.raises(WrongState):
        withdraw_acceleration(acceleration=made, by=clock_user(), on=DAY, reason="もう一度")
    for change in (
        lambda: Acceleration.objects.filter(pk=made.pk).update(withdrawn_on=None),
        lambda: Acceleration.objects.filter(pk=made.pk).delete(),
    ):
        with pytest.raises(ProgrammingError, match="pgtrigger"), transaction.atomic():
            change()
