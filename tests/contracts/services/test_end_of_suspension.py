"""How a suspension ends: lifted, over, or cured before it begins; what becomes of the line."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Suspension
from contracts.services.expire_suspensions import expire_suspensions
from contracts.services.lift_suspension import lift_suspension
from contracts.services.pause_contract import pause_contract
from contracts.services.withdraw_suspension import withdraw_suspension
from notices.models import Notice
from tests import factories
from tests.contracts.suspensions import DAY, STARTS, THROUGH, in_force, noticed, propose
from workflow.errors import WrongState
from workflow.models import Approval
from workflow.selectors import state_on

pytestmark = pytest.mark.django_db


def test_lifting_brings_the_line_back():
    suspension = in_force()
    lift_suspension(
        suspension=suspension, by=factories.staff(), on=date(2025, 8, 20), reason="改造の撤去を確認したため"
    )
    assert (suspension.state, suspension.lifted_on) == (Suspension.State.LIFTED, date(2025, 8, 20))
    assert Contract.objects.get().state == Contract.State.ACTIVE
    assert Notice.objects.get(occasion="suspension_lifted").facts["lifted_on"] == "2025-08-20"


def test_a_line_with_a_second_suspension_stays_cut_until_both_are_gone():
    contract = factories.contract()
    first, second = in_force(contract), in_force(contract, ground="unpaid", through=None)
    lift_suspension(suspension=first, by=factories.staff(), on=date(2025, 8, 20), reason="是正")
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    lift_suspension(suspension=second, by=factories.staff(), on=date(2025, 8, 21), reason="入金")
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_a_contract_suspended_in_its_pause_goes_back_to_being_paused():
    contract = factories.contract()
    pause_contract(contract=contract, by=factories.staff(), on=DAY)
    suspension = in_force(contract)
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    lift_suspension(suspension=suspension, by=factories.staff(), on=date(2025, 8, 20), reason="是正")
    contract.refresh_from_db()
    assert contract.state == Contract.State.PAUSED


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-phone"])
def test_a_suspension_expires_after_its_last_day(terms_code):
    suspension = in_force(factories.contract(terms_code))
    assert expire_suspensions(on=THROUGH) == 0
    assert expire_suspensions(on=THROUGH + timedelta(days=1)) == 1
    suspension.refresh_from_db()
    assert (suspension.state, suspension.lifted_on) == (Suspension.State.EXPIRED, THROUGH + timedelta(days=1))
    assert Contract.objects.get().state == Contract.State.ACTIVE
    assert expire_suspensions(on=THROUGH + timedelta(days=1)) == 0


def test_a_night_that_was_missed_does_not_lengthen_a_suspension():
    suspension = in_force()
    expire_suspensions(on=THROUGH + timedelta(days=5))
    assert state_on(suspension.contract, THROUGH) == "suspended"
    assert state_on(suspension.contract, THROUGH + timedelta(days=1)) == "active"


@pytest.mark.article("isp-access", "23")
def test_a_suspension_for_a_debt_never_expires():
    in_force(ground="unpaid", through=None)
    assert expire_suspensions(on=date(2030, 1, 1)) == 0
    assert Contract.objects.get().state == Contract.State.SUSPENDED


def test_a_cured_ground_ends_it_before_it_begins_and_one_who_was_told_is_told():
    suspension = noticed()
    withdraw_suspension(
        suspension=suspension, by=factories.staff(), on=date(2025, 8, 5), reason="是正を確認したため"
    )
    assert suspension.state == Suspension.State.WITHDRAWN
    assert Notice.objects.get(occasion="suspension_withdrawn").facts["withdrawn_on"] == "2025-08-05"


def test_one_who_was_told_nothing_is_told_nothing():
    suspension = propose()
    withdraw_suspension(suspension=suspension, by=factories.staff(), on=DAY, reason="誤認のため")
    assert not Notice.objects.exists()


@pytest.mark.parametrize("own", [True, False])
def test_a_proposal_taken_back_waits_on_nobodys_desk(own):
    by = factories.staff()
    suspension = propose(by=by)
    withdraw_suspension(
        suspension=suspension, by=by if own else factories.staff(), on=DAY, reason="誤認のため"
    )
    approval = Approval.objects.get()
    assert (approval.decision, approval.decision_reason) == (Approval.Decision.REJECTED, "誤認のため")
    assert approval.decided_by != by


def test_a_suspension_in_force_is_lifted_and_not_withdrawn():
    suspension = in_force()
    with pytest.raises(WrongState):
        withdraw_suspension(suspension=suspension, by=factories.staff(), on=STARTS, reason="是正")


def test_a_suspension_is_not_lifted_before_it_began():
    suspension = in_force()
    with pytest.raises(ValidationError, match="2025-08-11"):
        lift_suspension(suspension=suspension, by=factories.staff(), on=date(2025, 8, 10), reason="是正")
