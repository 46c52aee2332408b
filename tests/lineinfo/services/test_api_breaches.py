"""Breaches of the duties of use, what rests on them, and damages."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from billing.models import Charge, Invoice
from lineinfo.models import ApiBreach, ApiContract, ApiDamageClaim, ApiSuspension
from lineinfo.services.answer_api_claim import answer_api_claim, receive_api_claim
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.close_api_breach import cure_api_breach, dismiss_api_breach
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.suspend_for_breach import suspend_for_breach
from notices.selectors import notices_about
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer, register
from tests.lineinfo.services.test_subcontractors import entrust
from workflow.errors import Refused, WrongState
from workflow.models import User

PAY_BY = TODAY + timedelta(days=30)


def breach(customer: Customer, by: User, **values: Any) -> ApiBreach:
    details = {
        "duty": "disclosure",
        "happened_on": date(2025, 9, 20),
        "evidence": "仕様書の公開サイトへの掲載",
    }
    return record_api_breach(contract=customer.api, by=by, at=NOW, **(details | values))


def suspend(found: ApiBreach, by: User, **values: Any) -> ApiSuspension:
    details = {
        "ground": "breach_of_duties",
        "reason": "開示",
        "starts_on": TODAY + timedelta(days=7),
        "through": None,
    }
    return suspend_for_breach(breach=found, by=by, at=NOW, **(details | values))


@pytest.mark.article(API, "13")
@pytest.mark.parametrize(
    ("duty", "number"),
    [
        ("operating_environment", "13-1(1)"),
        ("infringement", "13-1(2)(ア)"),
        ("harmful_program", "13-1(2)(イ)"),
        ("interference", "13-1(2)(ウ)"),
        ("public_order", "13-1(2)(エ)"),
        ("disclosure", "13-1(2)(オ)"),
        ("subcontractor_duties", "13-2"),
    ],
)
def test_each_duty_of_use_can_be_breached_and_the_breach_sanctioned(
    ours: Customer, by: User, duty: str, number: str
) -> None:
    found = breach(ours, by, duty=duty)

    assert (found.article, found.answers_article) == (f"{API} {number}", "")
    notice = notices_about(found, "api_breach_recorded").get()
    assert "仕様書の公開サイトへの掲載" in notice.body
    assert suspend(found, by).article == f"{API} 17-1(3)"


@pytest.mark.article(API, "13")
def test_the_act_of_a_subcontractor_or_its_staff_is_the_contractors_own(ours: Customer, by: User) -> None:
    subcontractor = entrust(ours, by)
    staff = register(ours.api, by, subcontractor=subcontractor)

    for doer in ({"subcontractor": subcontractor}, {"api_user": staff}):
        found = breach(ours, by, **doer)
        assert (found.subcontractor, found.answers_article) == (subcontractor, f"{API} 13-2")
        assert "保守委託株式会社" in notices_about(found).get().body
        factories.dispatched(suspend(found, by).notice, TODAY)
        cure_api_breach(breach=found, by=by, at=NOW, reason="是正")


@pytest.mark.article(API, "9")
def test_the_contractor_answers_for_what_its_api_users_did(ours: Customer, by: User) -> None:
    assert breach(ours, by, api_user=ours.user).answers_article == f"{API} 9-2"


@pytest.mark.article(API, "17")
@pytest.mark.parametrize(
    ("duty", "ground", "allowed"),
    [
        ("disclosure", "breach_of_duties", True),
        ("disclosure", "other_serious", False),
        ("credential_care", "other_serious", True),
        ("credential_care", "breach_of_duties", False),
        ("materials_alteration", "other_serious", True),
        ("disclosure", "false_statement", False),
    ],
)
def test_only_the_ground_that_names_the_duty_sanctions_its_breach(
    ours: Customer, by: User, duty: str, ground: str, allowed: bool
) -> None:
    found = breach(ours, by, duty=duty)

    if allowed:
        assert suspend(found, by, ground=ground).ground == ground
    else:
        with pytest.raises(Refused):
            suspend(found, by, ground=ground)
        found.refresh_from_db()
        assert found.state == ApiBreach.State.OPEN


def test_what_is_cured_or_dismissed_lifts_what_rests_on_it_and_is_closed(ours: Customer, by: User) -> None:
    found, other = breach(ours, by), breach(ours, by)
    suspension = suspend(found, by, urgent_reason="公開が続いている")
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.SUSPENDED

    cure_api_breach(breach=found, by=by, at=NOW, reason="削除を確認した")
    dismiss_api_breach(breach=other, by=by, at=NOW, reason="同じ件")

    suspension.refresh_from_db()
    assert suspension.state == ApiSuspension.State.LIFTED
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.ACTIVE
    for closed in (found, other):
        with pytest.raises(WrongState):
            suspend(closed, by)


def test_a_breach_of_something_that_is_no_duty_or_by_a_stranger_is_not_recorded(
    ours: Customer, theirs: Customer, by: User
) -> None:
    with pytest.raises(Refused):
        breach(ours, by, duty="politeness")
    with pytest.raises(ValidationError, match="api_user"):
        breach(ours, by, api_user=theirs.user)
    with pytest.raises(ValidationError):
        breach(ours, by, happened_on=TODAY + timedelta(days=1))

    assert not ApiBreach.objects.exists()


@pytest.mark.article(API, "20")
def test_damage_by_intent_or_negligence_is_claimed_from_the_contractor_and_never_invoiced(
    ours: Customer, by: User
) -> None:
    found = breach(ours, by, api_user=ours.user)

    claim = claim_api_damage(
        contract=ours.api,
        by=by,
        at=NOW,
        fault="negligence",
        happened="設備の復旧費用",
        amount=120_000,
        pay_by=PAY_BY,
        breach=found,
    )

    found.refresh_from_db()
    assert (claim.article, found.state) == (f"{API} 20-1", ApiBreach.State.ACTED_ON)
    body = notices_about(claim, "api_damage_claimed").get().body
    for said in ("過失", "120,000", "2025年10月31日"):
        assert said in body
    assert not Charge.objects.exists()
    assert not Invoice.objects.exists()


@pytest.mark.article(API, "20")
def test_without_fault_nothing_is_claimed(ours: Customer, by: User) -> None:
    details = {"contract": ours.api, "by": by, "at": NOW, "happened": "落雷", "amount": 1, "pay_by": PAY_BY}
    with pytest.raises(Refused) as refused:
        claim_api_damage(**details, fault="none")
    assert str(refused.value.refusal.article) == f"{API} 20-1"
    for wrong in ({"amount": 0}, {"pay_by": TODAY}):
        with pytest.raises(ValidationError):
            claim_api_damage(**(details | wrong), fault="intent")

    assert not ApiDamageClaim.objects.exists()


@pytest.mark.article(API, "20")
@pytest.mark.parametrize(
    ("fault", "state"),
    [
        ("intent", ApiDamageClaim.State.GRANTED),
        ("gross_negligence", ApiDamageClaim.State.GRANTED),
        ("negligence", ApiDamageClaim.State.REFUSED),
        ("none", ApiDamageClaim.State.REFUSED),
    ],
)
def test_the_operator_answers_for_intent_and_gross_negligence_only(
    ours: Customer, by: User, fault: str, state: str
) -> None:
    claim = receive_api_claim(contract=ours.api, by=by, at=NOW, happened="表示値による損害", amount=5_000)

    notice = answer_api_claim(claim=claim, by=by, at=NOW, fault=fault, reason="調査の結果")

    claim.refresh_from_db()
    assert (claim.state, claim.article) == (state, f"{API} 20-2")
    assert ("賠償いたします" in notice.body) is (state == ApiDamageClaim.State.GRANTED)
    with pytest.raises(WrongState):
        answer_api_claim(claim=claim, by=by, at=NOW, fault=fault, reason="")


@pytest.mark.article(API, "1")
def test_what_these_terms_leave_out_follows_the_terms_of_the_lan_service_which_the_refusal_names(
    ours: Customer, by: User
) -> None:
    with pytest.raises(Refused) as refused:
        breach(ours, by, duty="meter_reading")

    assert str(refused.value.refusal.article) == f"{API} 1"
    assert "LAN型通信網サービス契約約款" in str(refused.value.refusal.reason)


@pytest.mark.article(API, "1")
def test_where_these_terms_speak_the_other_document_is_not_asked(ours: Customer, by: User) -> None:
    # The terms of a line know a debt as a ground of suspension; these list their own grounds, and win.
    found = breach(ours, by)
    with pytest.raises(Refused) as refused:
        suspend(found, by, ground="unpaid")

    assert refused.value.refusal.code == "no_such_ground"
    assert ours.api.pack(TODAY).references[0].ranks == "below"
