"""Endings by the subscriber: in the form and the time of each document, on their own, carried out on their day."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, Product, Request
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.receive_request import receive_request
from contracts.services.withdraw_ending import withdraw_ending
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState
from workflow.selectors import state_on

pytestmark = pytest.mark.django_db

DAY, LAST_DAY = date(2025, 8, 1), date(2025, 9, 30)


def give_notice(contract: Contract, *, day: date = DAY, form: str = "written", **details: Any) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(day),
        kind=Request.Kind.ENDING,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form=form,
        details={"ends_on": LAST_DAY, "reason": "移転のため", **details},
        contract=contract,
    )


@pytest.mark.article("isp-access", "15")
@pytest.mark.article("hikari-line", "23")
@pytest.mark.article("hikari-phone", "19")
@pytest.mark.article("business-network", "9")
@pytest.mark.parametrize(
    ("terms_code", "form", "article"),
    [
        ("isp-access", "web", "15"),
        ("hikari-line", "written", "23"),
        ("hikari-line", "web", "23"),
        ("hikari-line", "phone", "23"),
        ("hikari-phone", "written", "19"),
        ("business-network", "written", "9"),
    ],
)
def test_notice_in_the_form_of_the_document_ends_the_contract_on_its_own(terms_code, form, article):
    contract = factories.contract(terms_code)
    request = give_notice(contract, form=form)
    contract.refresh_from_db()
    assert (request.state, contract.state, contract.ends_on) == (
        Request.State.CARRIED_OUT,
        Contract.State.ENDING,
        LAST_DAY,
    )
    ending = Ending.objects.get()
    assert (ending.by, ending.article, ending.declared_on, ending.form) == (
        "subscriber",
        f"{terms_code} {article}",
        DAY,
        form,
    )
    assert ending.notice == Notice.objects.get(occasion="ending_confirmed")


@pytest.mark.article("isp-access", "15")
@pytest.mark.article("hikari-phone", "19")
@pytest.mark.article("business-network", "9")
@pytest.mark.parametrize(
    ("terms_code", "form", "article"),
    [
        ("isp-access", "written", "15"),
        ("isp-access", "phone", "15"),
        ("hikari-phone", "web", "19"),
        ("business-network", "web", "9"),
    ],
)
def test_notice_in_another_form_is_refused_and_nothing_is_kept(terms_code, form, article):
    contract = factories.contract(terms_code)
    with pytest.raises(Refused) as refused:
        give_notice(contract, form=form)
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "wrong_form",
        f"{terms_code} {article}",
    )
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
    assert not Request.objects.exists()


@pytest.mark.article("business-network", "9")
def test_business_network_needs_one_full_month_between_notice_and_ending():
    contract = factories.contract("business-network")
    with pytest.raises(Refused) as refused:
        give_notice(contract, day=date(2025, 9, 1))
    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (
        "notice_too_late",
        "business-network 9",
    )
    assert "2025-10-01" in refused.value.refusal.reason
    give_notice(contract, day=date(2025, 8, 31))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ENDING


@pytest.mark.article("hikari-phone", "19")
@pytest.mark.article("isp-access", "15")
@pytest.mark.parametrize(
    ("terms_code", "form"), [("hikari-phone", "written"), ("isp-access", "web"), ("hikari-line", "phone")]
)
def test_a_document_without_a_period_lets_a_contract_end_today_but_not_yesterday(terms_code, form):
    contract = factories.contract(terms_code)
    with pytest.raises(Refused) as refused:
        give_notice(contract, form=form, ends_on=DAY - timedelta(days=1))
    assert refused.value.refusal.code in ("not_in_advance", "notice_too_late")
    give_notice(contract, form=form, ends_on=DAY)
    contract.refresh_from_db()
    assert contract.ends_on == DAY


@pytest.mark.article("business-network", "9")
def test_the_operators_default_lets_a_business_customer_end_at_once():
    contract = factories.contract("business-network")
    ending = declare_ending(
        contract=contract,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        ground="operator_default",
        reason="破産手続開始の申立てのため",
        ends_on=DAY,
        form="written",
    )
    assert (ending.article, contract.state) == ("business-network 9-3", Contract.State.ENDING)


def test_other_documents_know_no_such_ground():
    contract = factories.contract()
    with pytest.raises(Refused):
        give_notice(contract, form="web", ground="operator_default")


@pytest.mark.article("isp-access", "15")
def test_the_partner_who_prices_the_course_is_told_of_the_ending():
    docomo = factories.partner()
    give_notice(factories.contract(partner=docomo), form="web")
    notice = Notice.objects.get(occasion="partner_informed")
    assert (notice.recipient, notice.facts["effective_on"]) == (docomo, "2025-09-30")


def test_before_opening_a_contract_is_cancelled_and_not_ended():
    contract = factories.contract("hikari-line", state=Contract.State.ACCEPTED, formed_on=date(2025, 7, 1))
    with pytest.raises(ValidationError):
        give_notice(contract)


def test_an_ending_of_somebody_elses_contract_is_not_received():
    contract = factories.contract("hikari-line")
    with pytest.raises(ValidationError) as error:
        receive_request(
            by=factories.staff(),
            at=factories.at(DAY),
            kind=Request.Kind.ENDING,
            subscriber=factories.subscriber(),
            terms_code="hikari-line",
            form="web",
            details={"ends_on": LAST_DAY},
            contract=contract,
        )
    assert "contract" in error.value.message_dict


# --- The day -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("terms_code", "form"),
    [
        ("isp-access", "web"),
        ("hikari-line", "any"),
        ("hikari-phone", "written"),
        ("business-network", "written"),
    ],
)
def test_the_contract_stands_through_its_last_day_and_is_gone_the_next(terms_code, form):
    contract = factories.contract(terms_code)
    give_notice(contract, form="web" if form == "any" else form)
    assert carry_out_endings(on=LAST_DAY).ended == 0
    counts = carry_out_endings(on=LAST_DAY + timedelta(days=1))
    contract.refresh_from_db()
    assert (counts.ended, contract.state, contract.ends_on) == (1, Contract.State.ENDED, LAST_DAY)
    assert contract.live.upper == LAST_DAY + timedelta(days=1)
    assert state_on(contract, LAST_DAY - timedelta(days=1)) == "ending"
    assert state_on(contract, LAST_DAY) == "ended"
    assert carry_out_endings(on=LAST_DAY + timedelta(days=1)).ended == 0


@pytest.mark.article("hikari-phone", "25")
def test_everything_on_the_contract_ends_with_it_and_lent_equipment_is_asked_back():
    contract = factories.contract("hikari-phone")
    option = factories.option(contract)
    gateway = factories.option(contract, kind=Product.Kind.EQUIPMENT)
    gone = factories.option(contract, ends_on=date(2025, 5, 31))
    give_notice(contract)
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    for each, last in ((option, LAST_DAY), (gateway, LAST_DAY), (gone, date(2025, 5, 31))):
        each.refresh_from_db()
        assert each.ends_on == last
    assert Notice.objects.get(occasion="contract_ended").facts["equipment"] == [gateway.product.name]


def test_the_line_can_be_contracted_again_the_day_after():
    contract = factories.contract("hikari-line")
    give_notice(contract)
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    assert factories.contract("hikari-line", line=contract.line, start=LAST_DAY + timedelta(days=1)).is_live


def test_requests_that_wait_for_an_ended_contract_are_dropped():
    contract = factories.contract("hikari-line")
    give_notice(contract)
    waiting = Request.objects.create(
        kind=Request.Kind.PAUSE, subscriber=contract.subscriber, terms_code="hikari-line", contract=contract, state="received",
        details={"on": "2025-12-01"},
    )  # fmt: skip
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    waiting.refresh_from_db()
    assert waiting.state == Request.State.WITHDRAWN


def test_a_subscriber_owes_no_reason():
    contract = factories.contract("hikari-line")
    receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.ENDING,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form="phone",
        details={"ends_on": LAST_DAY},
        contract=contract,
    )
    assert carry_out_endings(on=LAST_DAY + timedelta(days=1)).ended == 1
    assert "reason" not in Notice.objects.get(occasion="contract_ended").facts


# --- Taking it back ----------------------------------------------------------------------------


def test_a_withdrawn_ending_leaves_the_contract_as_it_stood():
    contract = factories.contract("hikari-line")
    give_notice(contract)
    ending = Ending.objects.get()
    withdraw_ending(ending=ending, by=factories.staff(), on=date(2025, 8, 10), reason="解約の取りやめ")
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on, ending.withdrawn_on) == (
        Contract.State.ACTIVE,
        None,
        date(2025, 8, 10),
    )
    assert Notice.objects.filter(occasion="ending_withdrawn").exists()
    assert carry_out_endings(on=LAST_DAY + timedelta(days=1)).ended == 0


def test_a_contract_ending_in_its_pause_goes_back_to_being_paused():
    contract = factories.contract("hikari-line", state=Contract.State.PAUSED)
    contract.pauses.create(starts_on=date(2025, 7, 1), article="hikari-line 20")
    give_notice(contract)
    withdraw_ending(ending=Ending.objects.get(), by=factories.staff(), on=DAY, reason="取りやめ")
    contract.refresh_from_db()
    assert contract.state == Contract.State.PAUSED


def test_an_ending_carried_out_is_not_taken_back():
    contract = factories.contract("hikari-line")
    give_notice(contract)
    carry_out_endings(on=LAST_DAY + timedelta(days=1))
    with pytest.raises(WrongState):
        withdraw_ending(
            ending=Ending.objects.get(),
            by=factories.staff(),
            on=LAST_DAY + timedelta(days=1),
            reason="取りやめ",
        )


def test_a_later_day_does_not_replace_an_earlier_ending_and_an_earlier_one_does():
    contract = factories.contract("hikari-line")
    give_notice(contract)
    with pytest.raises(ValidationError) as error:
        give_notice(contract, ends_on=LAST_DAY + timedelta(days=31))
    assert "ends_on" in error.value.message_dict
    give_notice(contract, ends_on=LAST_DAY - timedelta(days=30))
    contract.refresh_from_db()
    assert contract.ends_on == LAST_DAY - timedelta(days=30)
    assert Ending.objects.filter(withdrawn_on=DAY).count() == 1


def test_a_contract_does_not_end_before_it_was_formed():
    contract = factories.contract("hikari-line", start=date(2025, 8, 10))
    with pytest.raises(ValidationError) as error:
        give_notice(contract, ends_on=date(2025, 8, 9))
    assert "ends_on" in error.value.message_dict
