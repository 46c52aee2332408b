from datetime import date, timedelta

import pytest
import time_machine

from lineinfo.models import ApiContract, ApiSuspension
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.end_api_contract import end_by_contractor, end_by_operator
from lineinfo.services.enforce_api_suspension import enforce_api_suspension
from lineinfo.services.lift_api_suspension import lift_api_suspension
from lineinfo.services.suspend_api_contract import suspend_api_contract
from lineinfo.standing import closed
from notices.selectors import notices_about
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import Refused, WrongState
from workflow.models import User

FIRST, LAST = date(2025, 10, 8), date(2025, 10, 31)


def suspend(customer: Customer, by: User, **values: object) -> ApiSuspension:
    details = {
        "ground": "breach_of_duties",
        "reason": "ID等の第三者への開示",
        "starts_on": FIRST,
        "through": LAST,
    }
    return suspend_api_contract(contract=customer.api, by=by, at=NOW, **(details | values))


def state_of(customer: Customer) -> str:
    return str(ApiContract.objects.get(pk=customer.api.pk).state)


@pytest.mark.article(API, "17")
def test_reason_day_and_period_are_told_before_the_suspension(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by)

    assert (suspension.state, suspension.article) == (ApiSuspension.State.ANNOUNCED, f"{API} 17-1(3)")
    assert suspension.notice is not None
    for stated in ("ID等の第三者への開示", "2025年10月8日", "2025年10月31日"):
        assert stated in suspension.notice.body
    assert state_of(ours) == ApiContract.State.ACTIVE

    factories.dispatched(suspension.notice, TODAY)
    enforce_api_suspension(suspension=suspension, by=by, on=FIRST)

    assert state_of(ours) == ApiContract.State.SUSPENDED
    ours.api.refresh_from_db()
    assert (ours.api.suspended_through, ours.api.article) == (LAST, f"{API} 17-1(3)")


@pytest.mark.article(API, "17")
def test_without_a_notice_dispatched_on_an_earlier_day_nothing_is_suspended(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by)

    with pytest.raises(Refused) as refused:
        enforce_api_suspension(suspension=suspension, by=by, on=FIRST)
    assert refused.value.refusal.code == "no_notice"

    factories.dispatched(suspension.notice, FIRST)
    with pytest.raises(Refused) as refused:
        enforce_api_suspension(suspension=suspension, by=by, on=FIRST)
    assert refused.value.refusal.code == "notice_too_late"
    assert state_of(ours) == ApiContract.State.ACTIVE

    enforce_api_suspension(suspension=suspension, by=by, on=FIRST + timedelta(days=1))
    assert state_of(ours) == ApiContract.State.SUSPENDED


@pytest.mark.article(API, "17")
def test_in_an_emergency_it_is_suspended_at_once_with_the_reason_recorded(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by, urgent_reason="攻撃の踏み台になっている", through=None)

    assert (suspension.state, suspension.starts_on) == (ApiSuspension.State.IN_FORCE, TODAY)
    assert suspension.urgent_reason == "攻撃の踏み台になっている"
    assert state_of(ours) == ApiContract.State.SUSPENDED
    assert notices_about(ours.api, "api_suspended").exists()


@pytest.mark.article(API, "17")
@pytest.mark.parametrize(
    ("ground", "number"),
    [
        ("false_statement", "17-1(1)"),
        ("false_change_report", "17-1(2)"),
        ("breach_of_duties", "17-1(3)"),
        ("other_serious", "17-1(4)"),
    ],
)
def test_the_document_lists_four_grounds_of_suspension(
    ours: Customer, by: User, ground: str, number: str
) -> None:
    assert suspend(ours, by, ground=ground).article == f"{API} {number}"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        # A free service knows no debt of its own: "unpaid" is no ground here.
        ({"ground": "unpaid"}, "no_such_ground"),
        ({"starts_on": TODAY}, "notice_first"),
        ({"through": FIRST - timedelta(days=1)}, "empty_period"),
    ],
)
def test_what_the_document_does_not_allow_is_refused(
    ours: Customer, by: User, values: dict[str, object], code: str
) -> None:
    with pytest.raises(Refused) as refused:
        suspend(ours, by, **values)

    assert refused.value.refusal.code == code
    assert not ApiSuspension.objects.exists()


@pytest.mark.article(API, "17")
def test_the_document_sets_no_longest_period(ours: Customer, by: User) -> None:
    assert suspend(ours, by, through=date(2035, 10, 1)).through == date(2035, 10, 1)


def test_only_one_suspension_is_under_way_at_a_time(ours: Customer, by: User) -> None:
    suspend(ours, by)

    with pytest.raises(WrongState):
        suspend(ours, by, ground="other_serious")


def test_a_suspension_is_lifted_when_the_breach_is_cured(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by, urgent_reason="漏洩")

    lift_api_suspension(suspension=suspension, by=by, at=NOW, reason="鍵の交換を確認した")

    assert state_of(ours) == ApiContract.State.ACTIVE
    suspension.refresh_from_db()
    assert (suspension.state, suspension.over_on) == (ApiSuspension.State.LIFTED, TODAY)
    assert notices_about(ours.api, "api_suspension_lifted").exists()


def test_a_suspension_that_was_only_announced_is_withdrawn(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by)

    lift_api_suspension(suspension=suspension, by=by, at=NOW, reason="是正された")

    suspension.refresh_from_db()
    assert suspension.state == ApiSuspension.State.WITHDRAWN
    assert state_of(ours) == ApiContract.State.ACTIVE
    with pytest.raises(WrongState):
        lift_api_suspension(suspension=suspension, by=by, at=NOW, reason="")


def test_the_clock_enforces_on_the_first_day_and_lifts_after_the_last(ours: Customer, by: User) -> None:
    suspension = suspend(ours, by)
    factories.dispatched(suspension.notice, TODAY)

    def night(day: date) -> tuple[int, int, int]:
        counts = carry_out_api_day(at=factories.at(day, 0, 30))
        return tuple(counts[f"API suspensions {word}"] for word in ("enforced", "expired", "waiting"))

    assert night(FIRST - timedelta(days=1)) == (0, 0, 0)
    assert night(FIRST) == (1, 0, 0)
    assert night(FIRST) == (0, 0, 0)
    assert state_of(ours) == ApiContract.State.SUSPENDED
    assert night(LAST) == (0, 0, 0)
    assert night(LAST + timedelta(days=1)) == (0, 1, 0)
    assert state_of(ours) == ApiContract.State.ACTIVE


def test_the_clock_waits_while_the_notice_has_not_left(ours: Customer, by: User) -> None:
    suspend(ours, by)

    assert carry_out_api_day(at=factories.at(FIRST))["API suspensions waiting"] == 1
    assert state_of(ours) == ApiContract.State.ACTIVE
    # Its period passes without the notice ever leaving: it never comes into force.
    carry_out_api_day(at=factories.at(LAST + timedelta(days=1)))
    assert ApiSuspension.objects.get().state == ApiSuspension.State.WITHDRAWN


def test_a_period_that_is_over_closes_nothing_even_before_the_clock_came_by(ours: Customer, by: User) -> None:
    suspend(ours, by, urgent_reason="漏洩", through=LAST)
    ours.api.refresh_from_db()

    found = closed(ours.api, on=LAST, at=factories.at(LAST))
    assert found is not None
    assert (found.code, found.article, found.from_, found.through) == (
        "suspended",
        f"{API} 17-1(3)",
        TODAY,
        LAST,
    )
    assert closed(ours.api, on=LAST + timedelta(days=1), at=factories.at(LAST + timedelta(days=1))) is None


def test_a_contract_that_is_ending_can_still_be_suspended(ours: Customer, by: User) -> None:
    end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=LAST)
    suspension = suspend(ours, by, urgent_reason="漏洩")
    ours.api.refresh_from_db()

    assert ours.api.state == ApiContract.State.ENDING
    found = closed(ours.api, on=TODAY, at=NOW)
    assert found is not None
    assert found.code == "suspended"

    carry_out_api_day(at=factories.at(LAST + timedelta(days=1)))
    suspension.refresh_from_db()
    assert state_of(ours) == ApiContract.State.ENDED
    assert suspension.state == ApiSuspension.State.ENDED_CONTRACT


@pytest.mark.article(API, "17")
def test_a_part_of_the_function_is_suspended_and_the_rest_goes_on(
    ours: Customer, by: User, clock: time_machine.Traveller
) -> None:
    suspension = suspend(ours, by, parts=["measurements"])
    assert suspension.notice is not None
    assert "停止の範囲：測定値と欠損" in suspension.notice.body
    factories.dispatched(suspension.notice, TODAY)
    clock.move_to(factories.at(FIRST))
    enforce_api_suspension(suspension=suspension, by=by, on=FIRST)

    path = f"/api/v1/lines/{ours.lines[0].number}"
    for what in ("/measurements", "/gaps"):
        refused = ours.client.get(path + what).json()
        assert (refused["code"], refused["parts"]) == ("suspended", ["measurements"])
        assert refused["article"]["number"] == "17-1(3)"
    for what in ("", "/status", "/works", "/outages", "/interruptions"):
        assert ours.client.get(path + what).status_code == 200
    assert state_of(ours) == ApiContract.State.ACTIVE

    lift_api_suspension(suspension=suspension, by=by, at=factories.at(FIRST), reason="是正")
    assert ours.client.get(path + "/measurements").status_code == 200
    assert ApiContract.objects.get(pk=ours.api.pk).suspended_parts == []


@pytest.mark.article(API, "12")
def test_a_suspension_in_part_that_is_not_cured_can_lead_to_the_ending(ours: Customer, by: User) -> None:
    suspend(ours, by, parts=["status"], urgent_reason="漏洩")

    end_by_operator(
        contract=ours.api,
        by=by,
        at=NOW + timedelta(days=1),
        ground="uncured_suspension",
        ends_on=LAST,
        reason="是正されない",
    )

    assert state_of(ours) == ApiContract.State.ENDING


def test_a_part_that_is_none_suspends_nothing(ours: Customer, by: User) -> None:
    with pytest.raises(ValueError, match="billing"):
        suspend(ours, by, parts=["billing"])

    assert not ApiSuspension.objects.exists()
