"""What concerns all API contracts at once: interruption, the end of the service; and succession."""

from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Interruption, Product
from lineinfo.models import ApiContract, EndedPart
from lineinfo.rights import visible_contracts
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.services.carry_out_api_day import carry_out_api_day
from lineinfo.services.discontinue_api import discontinue_api
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.succeed_api_contract import succeed_api_contract
from lineinfo.standing import closed
from notices.models import Posting
from notices.selectors import notices_about, notices_to
from tests import factories
from tests.lineinfo.conftest import API, NOW, TARGET, TODAY, Customer, customer
from workflow.errors import Refused, WrongState
from workflow.models import User
from workflow.selectors import state_changes_of

START, END = NOW + timedelta(days=7), NOW + timedelta(days=7, hours=2)
DAY, LAST = timedelta(days=1), date(2026, 3, 31)


def announce(by: User, **values: object) -> Interruption:
    details = {"ground": "maintenance", "title": "APIサーバーの更改", "starts_at": START, "ends_at": END}
    return announce_api_interruption(terms_code=API, by=by, at=NOW, **(details | values))


@pytest.mark.article(API, "16")
def test_an_interruption_is_told_beforehand_and_closes_the_api_for_its_time(
    ours: Customer, theirs: Customer, by: User
) -> None:
    window = announce(by)

    assert window.article == f"{API} 16-1(1)"
    assert {notice.recipient for notice in notices_about(window)} == {ours.subscriber, theirs.subscriber}
    assert window.posting is not None
    ours.api.refresh_from_db()
    second = timedelta(seconds=1)
    for moment, code in (
        (START - second, None),
        (START, "interrupted"),
        (END - second, "interrupted"),
        (END, None),
    ):
        found = closed(ours.api, on=moment.date(), at=moment)
        assert (found.code if found else None) == code


@pytest.mark.article(API, "16")
@pytest.mark.parametrize(
    ("ground", "number"),
    [
        ("maintenance", "16-1(1)"),
        ("subscriber_cause", "16-1(2)"),
        ("third_party", "16-1(3)"),
        ("disaster", "16-1(4)"),
        ("attack", "16-1(5)"),
        ("operator_judgement", "16-1(6)"),
    ],
)
def test_the_document_lists_six_grounds_of_interruption(by: User, ground: str, number: str) -> None:
    assert announce(by, ground=ground).article == f"{API} {number}"


@pytest.mark.article(API, "16")
def test_only_an_urgent_interruption_begins_without_an_announcement(ours: Customer, by: User) -> None:
    with pytest.raises(Refused):
        announce(by, starts_at=NOW)

    window = announce(by, starts_at=NOW, urgent_reason="攻撃を受けている", ground="attack")
    assert (window.urgent, window.urgent_reason) == (True, "攻撃を受けている")


def test_an_impossible_interruption_changes_nothing(by: User) -> None:
    with pytest.raises(Refused):
        announce(by, ground="holiday")
    with pytest.raises(ValidationError):
        announce(by, ends_at=START)

    assert not Interruption.objects.exists()
    assert not Posting.objects.exists()


@pytest.mark.article(API, "23")
def test_with_the_end_of_the_service_every_contract_ends_after_a_notice(
    ours: Customer, theirs: Customer, by: User
) -> None:
    last = date(2026, 3, 31)

    assert discontinue_api(terms_code=API, by=by, at=NOW, ends_on=last, reason="後継サービスへの移行") == 2

    posting = Posting.objects.get(category=Posting.Category.DISCONTINUATION)
    assert "2026年3月31日" in posting.body
    for api in ApiContract.objects.all():
        assert (api.state, api.ends_on, api.article) == (ApiContract.State.ENDING, last, f"{API} 23-3")
        factories.dispatched(notices_to(api.subscriber).filter(occasion="api_ending_notice").get(), TODAY)
    assert carry_out_api_day(at=factories.at(last))["API contracts ended"] == 0
    assert carry_out_api_day(at=factories.at(last + timedelta(days=1)))["API contracts ended"] == 2


@pytest.mark.article(API, "23")
def test_the_end_of_the_service_is_never_told_on_the_day_itself(ours: Customer, by: User) -> None:
    with pytest.raises(Refused):
        discontinue_api(terms_code=API, by=by, at=NOW, ends_on=TODAY, reason="…")

    assert not Posting.objects.exists()


@pytest.mark.article(API, "10")
def test_a_successor_by_merger_stands_in_the_contract_and_sees_its_lines_once_they_pass(
    ours: Customer, by: User
) -> None:
    successor = factories.subscriber(kind="corporation", name="株式会社合併後")

    change = succeed_api_contract(
        contract=ours.api, successor=successor, by=by, on=TODAY, cause="merger", documents="登記事項証明書"
    )

    api = ApiContract.objects.get(pk=ours.api.pk)
    assert api.subscriber == successor
    assert change.article == f"{API} 10"
    assert "登記事項証明書" in state_changes_of(api).latest("id").reason
    # The lines follow their own contracts.
    assert not visible_contracts(api_contract=api, on=TODAY).exists()
    for contract in ours.contracts:
        contract.subscriber = successor
        contract.save()
    assert visible_contracts(api_contract=api, on=TODAY).count() == 2


@pytest.mark.article(API, "10")
@pytest.mark.parametrize(
    ("cause", "documents", "code"), [("sale", "契約書", "no_such_cause"), ("merger", " ", "no_documents")]
)
def test_another_cause_or_missing_documents_pass_nothing_on(
    ours: Customer, by: User, cause: str, documents: str, code: str
) -> None:
    with pytest.raises(Refused) as refused:
        succeed_api_contract(
            contract=ours.api,
            successor=factories.subscriber(),
            by=by,
            on=TODAY,
            cause=cause,
            documents=documents,
        )

    assert refused.value.refusal.code == code


def test_a_successor_with_an_api_contract_of_its_own_gets_no_second(
    target: Product, ours: Customer, by: User
) -> None:
    other = customer(target, by)

    with pytest.raises(WrongState):
        succeed_api_contract(
            contract=ours.api, successor=other.subscriber, by=by, on=TODAY, cause="merger", documents="証明書"
        )


def code(ours: Customer, moment: datetime, part: str) -> str | None:
    """What closes that part at the moment, if anything does."""
    api = ApiContract.objects.get(pk=ours.api.pk)
    found = closed(api, on=moment.date(), at=moment, part=part)
    return found.code if found else None


@pytest.mark.article(API, "16")
def test_a_part_is_interrupted_while_the_rest_goes_on(ours: Customer, by: User) -> None:
    window = announce(by, ground="operator_judgement", parts=["measurements"])

    assert [code(ours, START, part) for part in ("measurements", "status", "events", "")] == [
        "interrupted",
        None,
        None,
        None,
    ]
    assert code(ours, END, "measurements") is None
    [notice] = notices_about(window)
    assert "測定値と欠損（その他の機能はご利用いただけます）" in notice.body
    assert window.posting is not None
    assert "利用中止の範囲：測定値と欠損" in window.posting.body


@pytest.mark.article(API, "16")
def test_an_interruption_of_the_whole_outlasts_one_of_a_part(ours: Customer, by: User) -> None:
    announce(by)
    announce(by, ground="operator_judgement", parts=["status"], ends_at=END + timedelta(hours=1))

    assert [code(ours, START, part) for part in ("measurements", "status")] == ["interrupted"] * 2
    assert [code(ours, END, part) for part in ("measurements", "status")] == [None, "interrupted"]


@pytest.mark.article(API, "16")
@pytest.mark.parametrize("ground", ["maintenance", "subscriber_cause", "third_party", "disaster", "attack"])
def test_only_the_sixth_ground_speaks_of_a_part(by: User, ground: str) -> None:
    with pytest.raises(Refused) as refused:
        announce(by, ground=ground, parts=["status"])

    assert refused.value.refusal.code == "whole_only"


def end_part(by: User, **values: object) -> EndedPart:
    details = {"terms_code": API, "part": "measurements", "ends_on": LAST, "reason": "測定装置の撤去"}
    return end_api_part(by=by, at=NOW, **(details | values))


@pytest.mark.article(API, "23")
def test_a_part_of_the_function_ends_after_its_notice_and_the_rest_goes_on(
    ours: Customer, theirs: Customer, by: User
) -> None:
    ended = end_part(by)

    assert ended.article == f"{API} 23-1"
    assert "2026年3月31日" in ended.posting.body
    assert {notice.recipient for notice in notices_about(ended)} == {ours.subscriber, theirs.subscriber}
    notice = notices_about(ended).get(recipient_id=ours.subscriber.pk)
    assert (notice.article, "測定値と欠損" in notice.body) == (f"{API} 23-3", True)
    over = factories.at(LAST + DAY, 0)
    # Who was not told yet still has it.
    assert code(ours, over, "measurements") is None
    factories.dispatched(notice, TODAY)
    assert code(ours, over - timedelta(seconds=1), "measurements") is None
    assert [code(ours, over, part) for part in ("measurements", "status", "events", "")] == [
        "ended",
        None,
        None,
        None,
    ]
    assert code(theirs, over, "measurements") is None
    # The contract itself goes on.
    assert ApiContract.objects.get(pk=ours.api.pk).state == ApiContract.State.ACTIVE


@pytest.mark.article(API, "23")
def test_who_comes_after_the_announcement_is_told_once(target: Product, ours: Customer, by: User) -> None:
    ended = end_part(by)
    late = customer(target, by)

    assert [carry_out_api_day(at=NOW)["told of the end of a part of the API"] for _night in range(2)] == [
        1,
        0,
    ]
    assert notices_about(ended).filter(recipient_id=late.subscriber.pk).count() == 1


@pytest.mark.article(API, "23")
def test_the_end_of_a_part_is_refused_on_the_day_itself_twice_or_for_the_last_one(
    ours: Customer, by: User
) -> None:
    with pytest.raises(Refused) as refused:
        end_part(by, ends_on=TODAY)
    assert refused.value.refusal.code == "notice_first"
    end_part(by)
    with pytest.raises(ValidationError, match="すでに予告されています"):
        end_part(by)
    end_part(by, part="status")
    with pytest.raises(Refused) as refused:
        end_part(by, part="events")
    assert refused.value.refusal.code == "last_part"

    assert EndedPart.objects.count() == Posting.objects.count() == 2


def test_where_the_document_does_not_end_parts_none_ends(by: User) -> None:
    with pytest.raises(Refused) as refused:
        end_part(by, terms_code=TARGET)

    assert refused.value.refusal.code == "no_part"
