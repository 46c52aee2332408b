from datetime import date, timedelta

import pytest

from contracts.models import Contract
from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, ApiSuspension, Credential
from lineinfo.services.authenticate import authenticate
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.end_api_contract import end_by_contractor, end_by_operator
from lineinfo.services.suspend_api_contract import suspend_api_contract
from lineinfo.standing import closed
from notices.selectors import notices_about
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of

LAST = date(2025, 10, 31)
DAY = timedelta(days=1)


def read(customer: Customer) -> ApiContract:
    return ApiContract.objects.get(pk=customer.api.pk)


def code_on(customer: Customer, day: date) -> str | None:
    found = closed(read(customer), on=day, at=factories.at(day))
    return found.code if found else None


@pytest.mark.article(API, "11")
def test_the_contractor_ends_it_in_writing_and_in_advance(ours: Customer, by: User) -> None:
    end_by_contractor(
        contract=ours.api, by=by, at=NOW, form="written", ends_on=LAST, reason="利用しなくなったため"
    )

    api = read(ours)
    assert (api.state, api.ends_on, api.ended_by, api.article) == ("ending", LAST, "subscriber", f"{API} 11")
    assert code_on(ours, LAST) is None
    # The day after, whether or not the clock came by.
    assert code_on(ours, LAST + DAY) == "ended"

    assert carry_out_api_day(at=factories.at(LAST))["API contracts ended"] == 0
    assert carry_out_api_day(at=factories.at(LAST + DAY))["API contracts ended"] == 1
    assert carry_out_api_day(at=factories.at(LAST + DAY))["API contracts ended"] == 0
    assert read(ours).state == ApiContract.State.ENDED


@pytest.mark.article(API, "11")
def test_no_period_of_notice_is_set_so_today_is_early_enough(ours: Customer, by: User) -> None:
    end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=TODAY)

    assert read(ours).ends_on == TODAY


@pytest.mark.article(API, "11")
@pytest.mark.parametrize(
    ("form", "ends_on", "code"),
    [("web", LAST, "wrong_form"), ("written", TODAY - DAY, "not_in_advance")],
)
def test_another_form_or_a_day_that_is_past_is_refused(
    ours: Customer, by: User, form: str, ends_on: date, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        end_by_contractor(contract=ours.api, by=by, at=NOW, form=form, ends_on=ends_on)

    assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (code, f"{API} 11")
    assert read(ours).state == ApiContract.State.ACTIVE


def test_the_credentials_of_an_ended_contract_expire_and_still_tell_that_it_ended(
    ours: Customer, by: User
) -> None:
    end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=LAST)
    after = factories.at(LAST + DAY)
    carry_out_api_day(at=after)

    ours.credential.refresh_from_db()
    assert ours.credential.state == Credential.State.EXPIRED
    caller = authenticate(token=ours.token, at=after)
    found = closed(caller.api_contract, on=LAST + DAY, at=after)
    assert found is not None
    assert found.code == "ended"


@pytest.mark.article(API, "12")
def test_a_suspension_that_is_not_cured_lets_the_operator_end_it(ours: Customer, by: User) -> None:
    with pytest.raises(Refused) as refused:
        end_by_operator(
            contract=ours.api, by=by, at=NOW, ground="uncured_suspension", ends_on=LAST, reason="是正なし"
        )
    assert refused.value.refusal.code == "not_suspended"

    suspend_api_contract(
        contract=ours.api,
        by=by,
        at=NOW - DAY,
        ground="breach_of_duties",
        reason="漏洩",
        starts_on=TODAY,
        through=None,
        urgent_reason="漏洩が続いている",
    )
    end_by_operator(
        contract=ours.api, by=by, at=NOW, ground="uncured_suspension", ends_on=LAST, reason="是正なし"
    )

    api = read(ours)
    assert (api.state, api.article) == (ApiContract.State.ENDING, f"{API} 12-1")
    # Until its last day it is still suspended.
    assert code_on(ours, LAST) == "suspended"
    factories.dispatched(notices_about(api, "api_ending_notice").get(), TODAY)
    carry_out_api_day(at=factories.at(LAST + DAY))
    assert read(ours).state == ApiContract.State.ENDED
    assert ApiSuspension.objects.get().state == ApiSuspension.State.ENDED_CONTRACT


@pytest.mark.article(API, "12")
def test_the_operators_ending_always_waits_for_its_notice(ours: Customer, by: User) -> None:
    end_by_operator(
        contract=ours.api,
        by=by,
        at=NOW,
        ground="serious_without_suspension",
        ends_on=LAST,
        reason="設備への攻撃",
    )
    api = read(ours)
    assert (api.article, api.ended_by) == (f"{API} 12-2", "operator")

    # Not dispatched: it goes on, whatever the last day says.
    assert carry_out_api_day(at=factories.at(LAST + DAY))["API endings waiting"] == 1
    assert code_on(ours, LAST + DAY) is None

    # Dispatched late: it ends after the day on which the notice left.
    late = LAST + 3 * DAY
    factories.dispatched(api.ending_notice, late)
    assert carry_out_api_day(at=factories.at(late))["API endings waiting"] == 1
    assert carry_out_api_day(at=factories.at(late + DAY))["API contracts ended"] == 1
    assert read(ours).ends_on == late


@pytest.mark.article(API, "12")
def test_the_document_knows_no_ending_on_the_day_of_its_notice(ours: Customer, by: User) -> None:
    with pytest.raises(Refused) as refused:
        end_by_operator(
            contract=ours.api,
            by=by,
            at=NOW,
            ground="serious_without_suspension",
            ends_on=TODAY,
            reason="攻撃",
        )

    assert refused.value.refusal.code == "notice_first"


@pytest.mark.article(API, "12")
def test_while_a_target_contract_is_in_use_it_is_not_ended_for_want_of_targets(
    ours: Customer, by: User
) -> None:
    for ground, code in (("targets_ended", "targets_live"), ("targets_suspended", "targets_in_use")):
        with pytest.raises(Refused) as refused:
            end_by_operator(contract=ours.api, by=by, at=NOW, ground=ground, ends_on=LAST, reason="…")
        assert (refused.value.refusal.code, str(refused.value.refusal.article)) == (code, f"{API} 12-3")

    first, second = ours.contracts
    Contract.objects.filter(pk=first.pk).update(state=Contract.State.SUSPENDED)
    with pytest.raises(Refused):
        end_by_operator(
            contract=ours.api, by=by, at=NOW, ground="targets_suspended", ends_on=LAST, reason="…"
        )

    Contract.objects.filter(pk=second.pk).update(state=Contract.State.SUSPENDED)
    end_by_operator(
        contract=ours.api, by=by, at=NOW, ground="targets_suspended", ends_on=LAST, reason="全停止"
    )
    assert read(ours).state == ApiContract.State.ENDING


@pytest.mark.article(API, "12")
def test_with_the_last_target_contract_the_api_contract_ends_after_a_notice(
    ours: Customer, theirs: Customer, by: User
) -> None:
    over = date(2025, 10, 10)
    first, second = ours.contracts
    Contract.objects.filter(pk=first.pk).update(state=Contract.State.ENDED, ends_on=over)
    declared = "API endings declared for want of targets"
    assert carry_out_api_day(at=factories.at(over + DAY))[declared] == 0

    Contract.objects.filter(pk=second.pk).update(state=Contract.State.ENDING, ends_on=over)
    assert carry_out_api_day(at=factories.at(over))[declared] == 0
    assert carry_out_api_day(at=factories.at(over + DAY))[declared] == 1
    assert carry_out_api_day(at=factories.at(over + DAY))[declared] == 0

    api = read(ours)
    assert (api.state, api.ends_on, api.article) == (ApiContract.State.ENDING, over + 2 * DAY, f"{API} 12-3")
    assert read(theirs).state == ApiContract.State.ACTIVE
    factories.dispatched(api.ending_notice, over + DAY)
    carry_out_api_day(at=factories.at(over + 3 * DAY))
    assert read(ours).state == ApiContract.State.ENDED


@pytest.mark.article(API, "26")
@pytest.mark.parametrize(
    ("ground", "number"), [("anti_social", "26-3"), ("anti_social_subcontractor", "26-5")]
)
def test_anti_social_forces_end_it_at_once_without_notice(
    ours: Customer, by: User, ground: str, number: str
) -> None:
    end_by_operator(
        contract=ours.api, by=by, at=NOW, ground=ground, ends_on=LAST, reason="表明に反する事実の判明"
    )

    api = read(ours)
    assert (api.state, api.ends_on, api.article) == (ApiContract.State.ENDED, TODAY, f"{API} {number}")
    ours.credential.refresh_from_db()
    assert ours.credential.state == Credential.State.EXPIRED
    last = state_changes_of(api).last()
    assert last is not None
    assert last.article == f"{API} {number}"


@pytest.mark.article(API, "22")
def test_equipment_lost_in_a_disaster_ends_it_at_once(ours: Customer, by: User) -> None:
    end_by_operator(
        contract=ours.api, by=by, at=NOW, ground="disaster_damage", ends_on=LAST, reason="水害による滅失"
    )

    assert read(ours).article == f"{API} 22-2"
    assert read(ours).state == ApiContract.State.ENDED


def test_on_no_ground_of_the_document_nothing_ends(ours: Customer, by: User) -> None:
    with pytest.raises(Refused) as refused:
        end_by_operator(contract=ours.api, by=by, at=NOW, ground="insolvency", ends_on=LAST, reason="…")

    assert refused.value.refusal.code == "no_such_ground"


def test_what_is_ending_is_not_ended_a_second_time(ours: Customer, by: User) -> None:
    end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=LAST)
    before = notices_about(ours.api).count()

    with pytest.raises(WrongState):
        end_by_contractor(contract=ours.api, by=by, at=NOW, form="written", ends_on=LAST)

    assert notices_about(ours.api).count() == before


def test_a_revoked_credential_stays_revoked_after_the_end(ours: Customer, by: User) -> None:
    Credential.objects.filter(pk=ours.credential.pk).update(state=Credential.State.REVOKED)
    end_by_operator(contract=ours.api, by=by, at=NOW, ground="disaster_damage", ends_on=LAST, reason="水害")

    with pytest.raises(CredentialRejected, match=r"revoked|失効"):
        authenticate(token=ours.token, at=NOW)
