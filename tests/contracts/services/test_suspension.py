"""A suspension from its proposal to its end: on a ground of the document, by two people, after the notice, for a time."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.reject_suspension import reject_suspension
from notices.models import Notice
from tests import factories
from tests.contracts.suspensions import DAY, STARTS, THROUGH, in_force, noticed, propose
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.models import Approval
from workflow.selectors import clock_user, state_on

pytestmark = pytest.mark.django_db

WITH_SUSPENSION = ["isp-access", "hikari-line", "hikari-phone"]


# --- Proposing ---------------------------------------------------------------------------------


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [("isp-access", "23-1(3)"), ("hikari-line", "34-1(3)"), ("hikari-phone", "27-1(3)")],
)
def test_a_suspension_rests_on_a_ground_of_the_document(terms_code, article):
    suspension = propose(factories.contract(terms_code))
    assert (suspension.state, suspension.article) == (Suspension.State.PROPOSED, f"{terms_code} {article}")


def test_a_proposal_keeps_the_moment_at_which_it_was_made():
    propose()
    assert Approval.objects.get().proposed_at == factories.at(DAY)


def test_a_ground_that_the_document_does_not_list_is_refused_with_the_article():
    with pytest.raises(Refused) as refused:
        propose(ground="false_change_report")
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_such_ground",
        "isp-access 23",
    )
    assert not Suspension.objects.exists()


def test_a_document_without_suspension_as_a_sanction_refuses_one():
    with pytest.raises(Refused) as refused:
        propose(factories.contract("business-network"))
    assert refused.value.refusal.code == "no_suspension"


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-phone"])
def test_a_suspension_lasts_six_months_at_most(terms_code):
    contract = factories.contract(terms_code)
    with pytest.raises(Refused) as refused:
        propose(contract, starts_on=STARTS, through=date(2026, 2, 11))
    assert refused.value.refusal.code == "too_long"
    assert "2026-02-10" in refused.value.refusal.reason
    assert propose(contract, starts_on=STARTS, through=date(2026, 2, 10)).through == date(2026, 2, 10)


@pytest.mark.article("hikari-line", "34")
def test_hikari_line_sets_no_longest_time():
    assert propose(factories.contract("hikari-line"), through=date(2027, 8, 1)).through == date(2027, 8, 1)


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", WITH_SUSPENSION)
def test_a_suspension_for_a_debt_lasts_until_it_is_paid(terms_code):
    suspension = propose(factories.contract(terms_code), ground="unpaid", through=None)
    assert (suspension.until_paid, suspension.through) == (True, None)
    with pytest.raises(ValidationError) as error:
        propose(factories.contract(terms_code), ground="unpaid", through=THROUGH)
    assert "through" in error.value.message_dict


@pytest.mark.article("hikari-phone", "27")
def test_a_debt_of_another_contract_keeps_to_six_months_under_hikari_phone():
    with pytest.raises(ValidationError) as error:
        propose(factories.contract("hikari-phone"), ground="unpaid_other_contract", through=None)
    assert "through" in error.value.message_dict


def test_what_is_missing_is_named():
    with pytest.raises(ValidationError) as error:
        propose(reason=" ", through=None, starts_on=DAY - timedelta(days=1))
    assert set(error.value.message_dict) == {"reason", "through", "starts_on"}
    assert not Suspension.objects.exists()


@pytest.mark.parametrize("state", [Contract.State.APPLIED, Contract.State.ACCEPTED, Contract.State.ENDED])
def test_only_a_running_line_is_suspended(state):
    with pytest.raises(ValidationError):
        propose(factories.contract(state=state))


def test_one_suspension_on_a_ground_at_a_time():
    contract = factories.contract()
    propose(contract)
    with pytest.raises(ValidationError):
        propose(contract)
    assert propose(contract, ground="other_serious").state == Suspension.State.PROPOSED


# --- Two people --------------------------------------------------------------------------------


def test_nobody_approves_what_they_proposed():
    by = factories.staff()
    suspension = propose(by=by)
    with pytest.raises(NotPermitted):
        approve_suspension(suspension=suspension, by=by, at=factories.at(DAY))
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.PROPOSED
    assert Approval.objects.get().decision == Approval.Decision.PENDING


def test_a_second_person_approves():
    suspension, second = propose(), factories.staff()
    approve_suspension(suspension=suspension, by=second, at=factories.at(DAY))
    assert suspension.state == Suspension.State.APPROVED
    assert Approval.objects.get().decided_by == second


def test_a_second_person_may_say_no():
    suspension = propose()
    reject_suspension(
        suspension=suspension, by=factories.staff(), at=factories.at(DAY), reason="証拠が足りないため"
    )
    assert suspension.state == Suspension.State.WITHDRAWN
    assert Approval.objects.get().decision == Approval.Decision.REJECTED
    assert not Notice.objects.exists()


def test_what_the_clock_proposes_rests_on_the_rule_and_needs_no_second_person():
    suspension = propose(by=clock_user(), ground="unpaid", through=None)
    assert suspension.state == Suspension.State.APPROVED
    assert not Approval.objects.exists()


# --- The notice that comes first ---------------------------------------------------------------


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", WITH_SUSPENSION)
def test_the_notice_states_reason_day_and_period(terms_code):
    suspension = noticed(factories.contract(terms_code))
    assert suspension.state == Suspension.State.NOTICED
    facts = suspension.notice.facts
    assert (facts["reason"], facts["starts_on"], facts["through"]) == (
        "当社設備の無断改造を確認したため",
        "2025-08-11",
        "2025-08-31",
    )


def test_no_notice_goes_out_before_a_second_person_agreed():
    suspension = propose()
    with pytest.raises(WrongState):
        give_suspension_notice(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    assert not Notice.objects.exists()


def test_a_notice_comes_before_the_first_day():
    suspension = propose()
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    with pytest.raises(ValidationError):
        give_suspension_notice(suspension=suspension, by=factories.staff(), at=factories.at(STARTS))


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.article("hikari-phone", "27")
@pytest.mark.parametrize("terms_code", WITH_SUSPENSION)
def test_a_line_is_not_suspended_before_its_notice_was_dispatched(terms_code):
    suspension = noticed(factories.contract(terms_code), sent_on=None)
    with pytest.raises(Refused) as refused:
        enforce_suspension(suspension=suspension, by=factories.staff(), on=STARTS, still_holds=True)
    assert refused.value.refusal.code == "no_notice"
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.NOTICED
    assert suspension.contract.state == Contract.State.ACTIVE


def test_a_notice_of_the_same_day_does_not_come_first():
    suspension = noticed(sent_on=STARTS)
    with pytest.raises(Refused) as refused:
        enforce_suspension(suspension=suspension, by=factories.staff(), on=STARTS, still_holds=True)
    assert refused.value.refusal.code == "notice_too_late"
    enforce_suspension(
        suspension=suspension, by=factories.staff(), on=STARTS + timedelta(days=1), still_holds=True
    )
    assert suspension.state == Suspension.State.IN_FORCE


def test_a_line_is_not_suspended_before_the_day_that_the_notice_names():
    suspension = noticed()
    with pytest.raises(Refused) as refused:
        enforce_suspension(
            suspension=suspension, by=factories.staff(), on=STARTS - timedelta(days=1), still_holds=True
        )
    assert refused.value.refusal.code == "too_early"


def test_a_line_is_not_suspended_when_the_ground_is_gone():
    suspension = noticed(ground="unpaid", through=None)
    with pytest.raises(Refused) as refused:
        enforce_suspension(suspension=suspension, by=factories.staff(), on=STARTS, still_holds=False)
    assert refused.value.refusal.code == "ground_gone"
    assert not Notice.objects.filter(occasion="suspension_in_force").exists()


def test_enforcing_cuts_the_line_and_tells_the_subscriber():
    suspension = in_force()
    contract = Contract.objects.get()
    assert (suspension.state, contract.state) == (Suspension.State.IN_FORCE, Contract.State.SUSPENDED)
    assert state_on(contract, STARTS) == "suspended"
    assert Notice.objects.get(occasion="suspension_in_force").facts["through"] == "2025-08-31"


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("isp-access", "3")
def test_the_partner_who_prices_the_course_is_told_of_a_suspension():
    docomo = factories.partner()
    in_force(factories.contract(partner=docomo))
    notice = Notice.objects.get(occasion="partner_informed")
    assert (notice.recipient, notice.facts["event"], notice.facts["effective_on"]) == (
        docomo,
        "利用停止",
        "2025-08-11",
    )


# --- Urgent cases ------------------------------------------------------------------------------


@pytest.mark.article("isp-access", "23")
@pytest.mark.article("hikari-line", "34")
@pytest.mark.parametrize(("terms_code", "article"), [("isp-access", "23"), ("hikari-line", "34")])
def test_a_document_without_an_urgent_exception_refuses_an_urgent_suspension(terms_code, article):
    with pytest.raises(Refused) as refused:
        propose(factories.contract(terms_code), urgent=True)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_urgent_exception",
        f"{terms_code} {article}",
    )


@pytest.mark.article("hikari-phone", "27")
def test_an_urgent_suspension_needs_no_notice_where_the_document_says_so():
    suspension = propose(factories.contract("hikari-phone"), urgent=True, starts_on=DAY)
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    enforce_suspension(suspension=suspension, by=factories.staff(), on=DAY, still_holds=True)
    assert (suspension.state, suspension.notice) == (Suspension.State.IN_FORCE, None)


def test_an_urgent_suspension_too_needs_a_second_person():
    suspension = propose(factories.contract("hikari-phone"), urgent=True, starts_on=DAY)
    with pytest.raises(WrongState):
        enforce_suspension(suspension=suspension, by=factories.staff(), on=DAY, still_holds=True)
    suspension.contract.refresh_from_db()
    assert suspension.contract.state == Contract.State.ACTIVE
