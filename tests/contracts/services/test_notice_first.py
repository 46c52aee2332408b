"""Whatever a document wants told first does not happen without the notice: each transition tried without it, under each document."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract, Ending, Suspension
from contracts.services.announce_discontinuation import announce_discontinuation
from contracts.services.announce_interruption import announce_interruption
from contracts.services.approve_ending import approve_ending
from contracts.services.approve_suspension import approve_suspension
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.change_number import announce_number_change, carry_out_number_changes
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.halt_contract import halt_contract
from contracts.services.plan_discontinuation import plan_discontinuation
from contracts.services.propose_ending import propose_ending
from contracts.services.propose_suspension import propose_suspension
from notices.models import Notice
from tests import factories
from tests.contracts.under import under
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

LAW = "statute 電気通信事業法26の4"
DAY, FIRST, LAST = date(2025, 8, 1), date(2025, 8, 11), date(2025, 8, 31)


def refused(call, **arguments) -> str:
    with pytest.raises(Refused) as found:
        call(**arguments)
    return str(found.value.refusal.article)


def told_but_not_sent(code: str) -> Suspension:
    suspension = propose_suspension(
        contract=factories.contract(code),
        by=factories.staff(),
        at=factories.at(DAY),
        ground="breach_of_duties",
        reason="当社設備の無断改造を確認したため",
        starts_on=FIRST,
        through=LAST,
    )
    approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    return give_suspension_notice(suspension=suspension, by=factories.staff(), at=factories.at(DAY))


@under(isp_access="23", hikari_line="34", hikari_phone="27")
def test_no_line_is_suspended_before_its_notice_was_sent(code, article):
    suspension = told_but_not_sent(code)
    enforce = {"suspension": suspension, "by": factories.staff(), "on": FIRST, "still_holds": True}
    assert refused(enforce_suspension, **enforce) == article
    factories.dispatched(suspension.notice, FIRST)
    suspension.refresh_from_db()
    assert refused(enforce_suspension, **enforce) == article
    suspension.contract.refresh_from_db()
    assert suspension.contract.state == Contract.State.ACTIVE


@under(isp_access="23", hikari_line="34")
def test_where_the_document_knows_no_urgency_a_suspension_cannot_skip_its_notice(code, article):
    found = refused(
        propose_suspension,
        contract=factories.contract(code),
        by=factories.staff(),
        at=factories.at(DAY),
        ground="breach_of_duties",
        reason="至急",
        starts_on=DAY,
        through=LAST,
        urgent=True,
    )
    assert found.startswith(article)


@under(isp_access="16", hikari_line="24", hikari_phone="20")
def test_no_contract_is_ended_by_the_operator_before_its_notice_was_sent(code, article):
    contract = factories.contract(code, state=Contract.State.SUSPENDED)
    Suspension.objects.create(
        contract=contract,
        ground="unpaid",
        article=str(contract.pack(DAY).suspension.article),
        reason="料金の未払い",
        state=Suspension.State.IN_FORCE,
        starts_on=date(2025, 7, 1),
        until_paid=True,
    )
    ended = {
        "contract": contract,
        "by": factories.staff(),
        "at": factories.at(DAY),
        "ground": "uncured_suspension",
        "reason": "未払い",
    }
    assert refused(propose_ending, **ended, ends_on=DAY).startswith(article)
    proposal = propose_ending(**ended, ends_on=FIRST)
    approve_ending(proposal=proposal, by=factories.staff(), at=factories.at(DAY))
    counts = carry_out_endings(on=FIRST + timedelta(1))
    contract.refresh_from_db()
    assert (counts.ended, counts.held, contract.state) == (0, 1, Contract.State.ENDING)
    factories.dispatched(Ending.objects.get().notice, FIRST + timedelta(1))
    assert carry_out_endings(on=FIRST + timedelta(2)).held == 1


@under(isp_access="16", hikari_line="24")
def test_an_ending_on_the_day_itself_is_not_told_first(code, article):
    contract = factories.contract(code)
    table = contract.pack(DAY).operator_ending
    ground = next(
        each.code
        for each in table.grounds
        if not (each.after_suspension or each.demand_first or each.immediate)
    )
    ended = {
        "contract": contract,
        "by": factories.staff(),
        "at": factories.at(DAY),
        "ground": ground,
        "reason": "至急",
        "ends_on": DAY,
    }
    if not table.urgent_exception:
        assert refused(propose_ending, **ended, urgent=True).startswith(article)
    assert refused(propose_ending, **ended).startswith(article)


@under(isp_access=LAW, hikari_line=LAW, hikari_phone="28", business_network="28")
def test_no_service_ends_without_an_announcement_before_nor_a_contract_without_its_notice(code, article):
    contract = factories.contract(code)
    planned = {
        "by": factories.staff(),
        "on": DAY,
        "terms_code": code,
        "products": [contract.product],
        "reason": "設備の老朽化",
        "ground": "no_longer_needed" if code == "hikari-phone" else "",
    }
    late = plan_discontinuation(**planned, last_day=DAY)
    now = {"by": factories.staff(), "at": factories.at(DAY)}
    assert refused(announce_discontinuation, discontinuation=late, **now).startswith(article)
    last = date(2026, 3, 31)
    announce_discontinuation(discontinuation=plan_discontinuation(**planned, last_day=last), **now)
    assert carry_out_endings(on=last + timedelta(1)).held == 1
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING


@under(isp_access="22", hikari_line="33", hikari_phone="26", business_network="26")
def test_no_line_is_interrupted_unannounced_unless_the_urgency_and_its_reason_are_on_record(code, article):
    interrupted = {
        "by": factories.staff(),
        "at": factories.at(DAY),
        "terms_code": code,
        "title": "設備の保守",
        "ground": "maintenance",
        "starts_at": factories.at(DAY),
        "ends_at": factories.at(DAY, 14),
        "lines": [factories.contract(code).line],
    }
    assert refused(announce_interruption, **interrupted).startswith(article)
    assert announce_interruption(**interrupted, urgent=True, urgent_reason="装置の故障").urgent


@under(hikari_line="15", hikari_phone="12")
def test_no_number_changes_before_its_notice_was_sent(code, article):
    contract = factories.contract(code)
    change = {
        "line": contract.line,
        "by": factories.staff(),
        "on": DAY,
        "reason": "収容替え",
        "number": "03-9999-0000",
    }
    assert refused(announce_number_change, **change, effective_on=DAY).startswith(article)
    announce_number_change(**change, effective_on=FIRST)
    assert carry_out_number_changes(on=FIRST) == 0
    factories.dispatched(Notice.objects.get(occasion="number_changed"), FIRST)
    assert carry_out_number_changes(on=FIRST) == 0
    assert carry_out_number_changes(on=FIRST + timedelta(1)) == 1


@under(isp_access="24")
def test_no_line_is_halted_before_its_notice_was_sent(code, article):
    contract = factories.contract(code)
    assert refused(halt_contract, contract=contract, by=factories.staff(), on=FIRST).startswith(article)
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
