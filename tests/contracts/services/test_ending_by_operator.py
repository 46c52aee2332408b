"""Endings by the operator: on the grounds of each document, in its order, by two people, after the notice."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, EndingProposal, Suspension
from contracts.selectors import held_endings
from contracts.services.approve_ending import approve_ending
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.propose_suspension import propose_suspension
from contracts.services.reject_ending import reject_ending
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from tests.contracts.endings import DAY, LAST_DAY, approve, declared, propose, suspended
from workflow.errors import NotPermitted, Refused
from workflow.models import Approval
from workflow.selectors import clock_user

pytestmark = pytest.mark.django_db


# --- Grounds -----------------------------------------------------------------------------------


@pytest.mark.article("isp-access", "16")
@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("hikari-phone", "20")
@pytest.mark.parametrize(
    ("terms_code", "article"),
    [("isp-access", "16-1(1)"), ("hikari-line", "24-1(1)"), ("hikari-phone", "20-1(1)")],
)
def test_a_suspension_that_was_not_cured_is_a_ground(terms_code, article):
    contract = suspended(terms_code)
    ending = approve(propose(contract))
    assert Approval.objects.latest("id").proposed_at == factories.at(DAY)
    contract.refresh_from_db()
    assert (ending.by, ending.article, contract.state) == (
        "operator",
        f"{terms_code} {article}",
        Contract.State.ENDING,
    )
    assert ending.notice.facts["reason"] == "利用停止後も料金の支払いがないため"
    assert ending.notice.facts["ends_on"] == "2025-08-15"


@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone"])
def test_a_contract_that_is_not_suspended_cannot_be_ended_as_uncured(terms_code):
    with pytest.raises(Refused) as refused:
        propose(factories.contract(terms_code))
    assert refused.value.refusal.code == "not_suspended"
    assert not EndingProposal.objects.exists()


def test_a_suspension_of_today_has_had_no_time_to_be_cured():
    with pytest.raises(Refused) as refused:
        propose(suspended(since=DAY))
    assert refused.value.refusal.code == "not_suspended"


@pytest.mark.article("isp-access", "16")
@pytest.mark.parametrize("ground", ["serious_without_suspension", "insolvency", "invented"])
def test_a_ground_that_the_document_does_not_list_is_refused(ground):
    with pytest.raises(Refused) as refused:
        propose(factories.contract(), ground)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_such_ground",
        "isp-access 16",
    )


@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("hikari-phone", "20")
@pytest.mark.parametrize(
    ("terms_code", "ground", "article"),
    [
        ("hikari-line", "serious_without_suspension", "24-2"),
        ("hikari-line", "insolvency", "24-3"),
        ("hikari-line", "no_facility", "24-1(2)"),
        ("hikari-phone", "serious_without_suspension", "20-2"),
        ("hikari-phone", "insolvency", "20-3"),
        ("hikari-phone", "out_of_area", "20-4(3)"),
        ("isp-access", "refuses_to_perform", "16-1(5)"),
        ("isp-access", "cannot_perform", "16-1(4)"),
    ],
)
def test_other_grounds_need_no_suspension_first(terms_code, ground, article):
    assert approve(propose(factories.contract(terms_code), ground)).article == f"{terms_code} {article}"


# --- Two people --------------------------------------------------------------------------------


def test_nobody_ends_a_contract_alone():
    contract, by = suspended(), factories.staff()
    proposal = propose(contract, by=by)
    with pytest.raises(NotPermitted):
        approve_ending(proposal=proposal, by=by, at=factories.at(DAY))
    with pytest.raises(NotPermitted):
        declare_ending(
            contract=contract, by=by, on=DAY, ended_by="operator", ground="uncured_suspension", reason="未払い", ends_on=LAST_DAY,
            proposal=proposal,
        )  # fmt: skip
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    assert not Ending.objects.exists()


def test_the_approval_of_one_contract_ends_no_other():
    approved = propose(suspended())
    approve(approved)
    other = suspended()
    with pytest.raises(NotPermitted):
        declare_ending(
            contract=other, by=factories.staff(), on=DAY, ended_by="operator", ground="uncured_suspension", reason="未払い",
            ends_on=LAST_DAY, proposal=approved,
        )  # fmt: skip


def test_a_second_person_may_say_no():
    contract = suspended()
    proposal = propose(contract)
    reject_ending(
        proposal=proposal, by=factories.staff(), at=factories.at(DAY), reason="分割払いの相談中のため"
    )
    contract.refresh_from_db()
    assert contract.state == Contract.State.SUSPENDED
    assert not proposal.is_approved
    assert not Notice.objects.exists()


def test_what_was_cured_meanwhile_is_not_ended_and_the_proposal_still_waits():
    contract = suspended()
    proposal = propose(contract)
    contract.suspensions.update(state=Suspension.State.LIFTED)
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ACTIVE)
    with pytest.raises(Refused):
        approve(proposal)
    assert Approval.objects.get().decision == Approval.Decision.PENDING


def test_the_clock_ends_on_a_rule_of_the_document():
    contract = suspended()
    ending = declared(contract, "uncured_suspension", ends_on=LAST_DAY)
    assert ending.notice_first
    assert not Approval.objects.exists()


# --- The notice that comes first ---------------------------------------------------------------


@pytest.mark.article("isp-access", "16")
@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("hikari-phone", "20")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone"])
def test_an_ending_is_told_first_so_the_contract_lasts_until_tomorrow_at_least(terms_code):
    with pytest.raises(Refused) as refused:
        propose(suspended(terms_code), ends_on=DAY)
    assert refused.value.refusal.code == "notice_first"
    assert approve(propose(suspended(terms_code), ends_on=DAY + timedelta(days=1))).notice is not None


@pytest.mark.article("isp-access", "16")
def test_a_contract_does_not_end_while_its_notice_was_not_dispatched():
    contract = suspended()
    ending = approve(propose(contract))
    counts = carry_out_endings(on=LAST_DAY + timedelta(days=1))
    contract.refresh_from_db()
    assert (counts.ended, counts.held, contract.state) == (0, 1, Contract.State.ENDING)
    assert list(held_endings(LAST_DAY + timedelta(days=1))) == [ending]


def test_a_notice_dispatched_after_the_last_day_is_no_proof():
    ending = approve(propose(suspended()))
    factories.dispatched(ending.notice, LAST_DAY + timedelta(days=1))
    assert carry_out_endings(on=LAST_DAY + timedelta(days=2)).held == 1


def test_with_its_notice_dispatched_the_contract_ends_and_its_suspension_with_it():
    contract = suspended()
    ending = approve(propose(contract))
    factories.dispatched(ending.notice, DAY)
    assert carry_out_endings(on=LAST_DAY + timedelta(days=1)).ended == 1
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDED
    assert contract.suspensions.get().state == Suspension.State.ENDED_CONTRACT


def test_one_held_ending_stops_no_other():
    held, good = suspended(), suspended()
    approve(propose(held))
    factories.dispatched(approve(propose(good)).notice, DAY)
    counts = carry_out_endings(on=LAST_DAY + timedelta(days=1))
    good.refresh_from_db()
    assert (counts.ended, counts.held, good.state) == (1, 1, Contract.State.ENDED)


@pytest.mark.article("isp-access", "16")
def test_a_document_without_an_urgent_exception_refuses_an_urgent_ending():
    with pytest.raises(Refused) as refused:
        propose(suspended(), urgent=True, ends_on=DAY)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "no_urgent_exception",
        "isp-access 16",
    )


@pytest.mark.article("hikari-line", "24")
@pytest.mark.article("hikari-phone", "20")
@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone"])
def test_an_urgent_ending_needs_no_notice_first_where_the_document_says_so(terms_code):
    contract = suspended(terms_code)
    approve(propose(contract, urgent=True, ends_on=DAY))
    assert carry_out_endings(on=DAY + timedelta(days=1)).ended == 1
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDED


# --- What it leaves behind ----------------------------------------------------------------------


def test_what_still_waits_on_an_ended_contract_is_taken_off_the_desk():
    contract = factories.contract("hikari-line")
    waiting = propose(contract, "insolvency", ends_on=date(2025, 12, 31))
    suspension = propose_suspension(
        contract=contract,
        by=factories.staff(),
        at=factories.at(DAY),
        ground="unpaid",
        reason="未払い",
        starts_on=date(2025, 9, 1),
    )
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by="subscriber",
        reason="移転",
        ends_on=LAST_DAY,
    )
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN
    assert not waiting.is_approved
    assert not Approval.objects.filter(decision=Approval.Decision.PENDING).exists()


# --- Taking it back ----------------------------------------------------------------------------


def test_a_payment_takes_the_ending_back_and_the_contract_is_suspended_as_before():
    contract = suspended()
    ending = approve(propose(contract))
    withdraw_ending(ending=ending, by=clock_user(), on=date(2025, 8, 5), reason="入金のため")
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.SUSPENDED, None)


def test_a_proposal_needs_its_reason():
    with pytest.raises(ValidationError) as error:
        propose(suspended(), reason=" ")
    assert "reason" in error.value.message_dict
