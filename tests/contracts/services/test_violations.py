"""A breach of a duty: recorded with its evidence, sanctioned on the ground that the document ties to it, cured, dismissed."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import ContentMeasure, Contract, Ending, Suspension, Violation
from contracts.services.approve_ending import approve_ending
from contracts.services.approve_suspension import approve_suspension
from contracts.services.claim_damage import claim_damage
from contracts.services.close_violation import cure_violation, dismiss_violation
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.record_violation import record_violation
from contracts.services.sanction_violation import end_for_violation, suspend_for_violation
from contracts.services.take_content_measure import announce_content_measure, take_content_measure
from notices.models import Notice
from terms.registry import registry
from tests import factories
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
NOW = factories.at(DAY)
BREACHES = [
    ("hikari-line", "no_obstruction", "54-1(2)"),
    ("hikari-phone", "no_mass_uncompleted_calls", "52-1(2)"),
    ("hikari-phone", "no_callback_polling", "55"),
    ("hikari-phone", "no_answer_suppression", "55"),
    ("isp-access", "no_unlawful_use", "42-8"),
]


def breach(terms_code: str, duty: str, **fields: Any) -> Violation:
    values: dict[str, Any] = {
        "contract": fields.pop("contract", None) or factories.contract(terms_code),
        "by": factories.staff(),
        "on": DAY,
        "duty": duty,
        "happened_on": DAY - timedelta(days=2),
        "reported_by": "監視担当",
        "evidence": "監視記録の第3号のとおり",
    }
    return record_violation(**(values | fields))


def suspend(violation: Violation, **fields: Any) -> Suspension:
    values: dict[str, Any] = {
        "violation": violation,
        "by": factories.staff(),
        "at": factories.at(DAY),
        "ground": "breach_of_duties",
        "reason": "義務に反したため",
        "starts_on": DAY + timedelta(days=10),
        "through": DAY + timedelta(days=20),
    }
    return suspend_for_violation(**(values | fields))


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("hikari-phone", "52")
@pytest.mark.article("hikari-phone", "55")
@pytest.mark.article("isp-access", "42")
@pytest.mark.parametrize(("terms_code", "duty", "article"), BREACHES)
def test_a_breach_leads_to_the_suspension_that_sanctions_this_duty(terms_code, duty, article):
    violation = breach(terms_code, duty)
    assert violation.article == f"{terms_code} {article}"
    suspension = suspend(violation)
    assert violation.state == Violation.State.ACTED_ON
    assert violation.suspension == suspension
    assert suspension.state == Suspension.State.PROPOSED
    approve_suspension(suspension=suspension, by=factories.staff(), at=NOW)
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=NOW)
    factories.dispatched(suspension.notice, DAY)
    starts = suspension.starts_on
    enforce_suspension(suspension=suspension, by=factories.staff(), on=starts, still_holds=True)
    assert Contract.objects.get(pk=violation.contract_id).state == Contract.State.SUSPENDED


@pytest.mark.article("hikari-line", "54")
def test_what_was_cured_is_withdrawn_before_it_comes_and_lifted_after():
    violation = breach("hikari-line", "no_obstruction")
    suspension = suspend(violation)
    cure_violation(violation=violation, by=factories.staff(), on=DAY, reason="装置を撤去した")
    suspension.refresh_from_db()
    assert suspension.state == Suspension.State.WITHDRAWN
    assert (violation.state, violation.closed_on, violation.outcome) == ("cured", DAY, "装置を撤去した")
    with pytest.raises(WrongState):
        suspend(violation)

    again = breach("hikari-line", "no_obstruction")
    suspension = suspend(again, starts_on=DAY + timedelta(days=1))
    approve_suspension(suspension=suspension, by=factories.staff(), at=NOW)
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=NOW)
    factories.dispatched(suspension.notice, DAY)
    enforce_suspension(
        suspension=suspension, by=factories.staff(), on=DAY + timedelta(days=1), still_holds=True
    )
    again.refresh_from_db()
    cure_violation(violation=again, by=factories.staff(), on=DAY + timedelta(days=3), reason="撤去した")
    assert Suspension.objects.get(pk=suspension.pk).state == Suspension.State.LIFTED


def test_a_ground_that_does_not_sanction_the_duty_is_refused():
    violation = breach("hikari-phone", "report_name_change")
    with pytest.raises(Refused) as refused:
        suspend(violation)
    assert refused.value.refusal.code == "no_such_ground"
    violation.refresh_from_db()
    assert violation.state == Violation.State.OPEN
    assert suspend(violation, ground="name_not_reported").article == "hikari-phone 27-1(6)"


@pytest.mark.parametrize("terms_code", ["hikari-line", "hikari-phone", "isp-access", "business-network"])
def test_a_duty_that_the_document_does_not_lay_on_anybody_is_no_breach(terms_code):
    with pytest.raises(Refused) as refused:
        breach(terms_code, "no_whistling")
    assert refused.value.refusal.code == "no_such_duty"
    assert not Violation.objects.exists()


def test_dates_and_contracts_that_cannot_be_are_refused():
    with pytest.raises(ValidationError):
        breach("isp-access", "entry", happened_on=DAY + timedelta(days=1))
    with pytest.raises(ValidationError):
        breach("isp-access", "entry", contract=factories.contract("isp-access", state=Contract.State.ENDED))
    assert not Violation.objects.exists()


@pytest.mark.article("business-network", "16")
def test_each_of_the_24_prohibited_acts_ends_a_contract_at_once_under_article_10():
    duties = [duty for duty in registry().latest("business-network").duties if duty.article.head == "16"]
    assert [str(duty.article) for duty in duties] == [f"business-network 16-1({n})" for n in range(1, 25)]
    for duty in duties:
        violation = breach("business-network", duty.code)
        proposal = end_for_violation(
            violation=violation,
            by=factories.staff(),
            at=factories.at(DAY),
            ground="prohibited_act",
            reason="第三者の通知により判明した",
            ends_on=DAY,
        )
        ending = approve_ending(proposal=proposal, by=factories.staff(), at=NOW)
        assert (ending.article, ending.by) == ("business-network 10-1(9)", Ending.By.OPERATOR)
        assert not ending.notice_first


@pytest.mark.article("business-network", "16")
@pytest.mark.article("business-network", "18")
@pytest.mark.parametrize("kind", ["delete", "hide"])
def test_content_is_deleted_or_hidden_without_notice_and_its_ground_recorded(kind):
    violation = breach("business-network", "defamation_discrimination")
    by = factories.staff()
    measure = take_content_measure(
        violation=violation, by=by, at=NOW, kind=kind, content="掲示板の記事第12号", reason="名誉の毀損"
    )
    assert (measure.article, measure.taken_by, measure.notice) == ("business-network 18", by, None)
    assert violation.state == Violation.State.ACTED_ON
    assert not Notice.objects.exists()


@pytest.mark.article("hikari-line", "5")
def test_sending_of_content_is_stopped_only_after_notice_unless_urgent():
    violation = breach("hikari-line", "public_order")
    facts: dict[str, Any] = {"violation": violation, "by": factories.staff(), "at": NOW, "kind": "stop_sending",
                             "content": "サーバの符号", "reason": "著作権の侵害"}  # fmt: skip
    with pytest.raises(Refused) as refused:
        take_content_measure(**facts)
    assert refused.value.refusal.code == "no_notice"
    assert not ContentMeasure.objects.exists()
    assert take_content_measure(**facts, urgent=True).urgent
    notice = announce_content_measure(**facts, planned_on=DAY + timedelta(days=3))
    factories.dispatched(notice, DAY)
    later = facts | {"at": NOW + timedelta(days=3)}
    assert take_content_measure(**later).notice == notice


@pytest.mark.parametrize(
    ("terms_code", "duty", "kind"),
    [("isp-access", "no_unlawful_use", "delete"), ("business-network", "export_licence", "delete"),
     ("business-network", "stalking", "stop_sending")],
)  # fmt: skip
def test_a_measure_that_the_document_does_not_provide_for_is_refused(terms_code, duty, kind):
    with pytest.raises(Refused) as refused:
        take_content_measure(
            violation=breach(terms_code, duty), by=factories.staff(), at=NOW, kind=kind, content="記事", reason="違反"
        )  # fmt: skip
    assert refused.value.refusal.code == "no_content_measure"
    assert not ContentMeasure.objects.exists()


@pytest.mark.article("business-network", "17")
def test_a_claim_is_passed_on_to_the_customer_who_settles_it():
    violation = breach("business-network", "infringing_intellectual_property", claimant="株式会社権利者")
    notice = Notice.objects.get(occasion="claim_passed_on")
    assert (notice.recipient, notice.article) == (violation.contract.subscriber, "business-network 17-2")
    assert "費用負担" in notice.body
    cure_violation(violation=violation, by=factories.staff(), on=DAY, reason="当事者間で和解した")
    assert violation.outcome == "当事者間で和解した"


@pytest.mark.article("business-network", "15")
def test_whatever_is_done_with_an_id_counts_as_the_customers():
    violation = breach("business-network", "unsolicited_mail", other_user="ID vpn-7 の使用者", due_care=True)
    assert (violation.other_user, violation.answers_article) == ("ID vpn-7 の使用者", "business-network 15")


@pytest.mark.article("isp-access", "43")
def test_the_subscriber_answers_for_other_users_unless_due_care_was_taken():
    violation = breach("isp-access", "no_unlawful_use", other_user="同居の家族")
    assert violation.answers_article == "isp-access 43"
    assert suspend(violation).contract == violation.contract
    with pytest.raises(Refused) as refused:
        breach("isp-access", "no_unlawful_use", other_user="同居の家族", due_care=True)
    assert refused.value.refusal.code == "due_care"
    with pytest.raises(Refused) as refused:
        breach("hikari-line", "no_obstruction", other_user="来客")
    assert refused.value.refusal.code == "not_answerable"


@pytest.mark.article("hikari-line", "54")
@pytest.mark.article("isp-access", "42")
def test_what_was_damaged_by_the_breach_is_paid_for_by_the_day_set():
    violation = breach("hikari-line", "no_tampering")
    pay_by = DAY + timedelta(days=30)
    claim_damage(violation=violation, by=factories.staff(), on=DAY, amount=12000, pay_by=pay_by)
    notice = Notice.objects.get(occasion="damage_claimed")
    assert (notice.facts["amount"], notice.facts["pay_by"]) == (12000, pay_by.isoformat())
    with pytest.raises(ValidationError) as error:
        claim_damage(violation=violation, by=factories.staff(), on=DAY, amount=0, pay_by=DAY)
    assert set(error.value.message_dict) == {"amount", "pay_by"}
    with pytest.raises(ValidationError):  # its day is over, so it is billed
        claim_damage(
            violation=violation,
            by=factories.staff(),
            on=pay_by + timedelta(days=1),
            amount=13000,
            pay_by=pay_by + timedelta(days=20),
        )
    assert Violation.objects.get().cost == 12000


@pytest.mark.parametrize(("terms_code", "duty"), [("isp-access", "entry"), ("business-network", "unlawful")])
def test_no_cost_is_claimed_where_the_document_has_nobody_pay_for_the_breach(terms_code, duty):
    codes = [each.code for each in registry().latest(terms_code).duties]
    violation = breach(terms_code, duty if duty in codes else codes[0])
    with pytest.raises(Refused):
        claim_damage(
            violation=violation, by=factories.staff(), on=DAY, amount=100, pay_by=DAY + timedelta(days=9)
        )
    assert not Notice.objects.filter(occasion="damage_claimed").exists()


def test_a_breach_that_proved_to_be_none_is_dismissed_while_nothing_rests_on_it():
    violation = breach("isp-access", "entry")
    dismiss_violation(violation=violation, by=factories.staff(), on=DAY, reason="別の回線だった")
    assert violation.state == Violation.State.DISMISSED
    acted = breach("isp-access", "entry")
    suspend(acted)
    with pytest.raises(WrongState):
        dismiss_violation(violation=acted, by=factories.staff(), on=DAY, reason="")
