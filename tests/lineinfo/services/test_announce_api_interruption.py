"""The API is out of use for a while, all of it or a part."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Interruption
from contracts.services.record_interruption_times import record_interruption_times
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.standing import closed
from notices.models import Posting
from notices.selectors import notices_about
from tests.lineinfo.conftest import API, NOW, Customer, closed_as
from workflow.errors import Refused
from workflow.models import User

START, END = NOW + timedelta(days=7), NOW + timedelta(days=7, hours=2)


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


@pytest.mark.article(API, "16")
def test_a_part_is_interrupted_while_the_rest_goes_on(ours: Customer, by: User) -> None:
    window = announce(by, ground="operator_judgement", parts=["measurements"])

    assert [closed_as(ours, START, part) for part in ("measurements", "status", "events", "")] == [
        "interrupted",
        None,
        None,
        None,
    ]
    assert closed_as(ours, END, "measurements") is None
    [notice] = notices_about(window)
    assert "測定値と欠損（その他の機能はご利用いただけます）" in notice.body
    assert window.posting is not None
    assert "利用中止の範囲：測定値と欠損" in window.posting.body


@pytest.mark.article(API, "16")
def test_an_interruption_of_the_whole_outlasts_one_of_a_part(ours: Customer, by: User) -> None:
    announce(by)
    announce(by, ground="operator_judgement", parts=["status"], ends_at=END + timedelta(hours=1))

    assert [closed_as(ours, START, part) for part in ("measurements", "status")] == ["interrupted"] * 2
    assert [closed_as(ours, END, part) for part in ("measurements", "status")] == [None, "interrupted"]


@pytest.mark.article(API, "16")
@pytest.mark.parametrize("ground", ["maintenance", "subscriber_cause", "third_party", "disaster", "attack"])
def test_only_the_sixth_ground_speaks_of_a_part(by: User, ground: str) -> None:
    with pytest.raises(Refused) as refused:
        announce(by, ground=ground, parts=["status"])

    assert refused.value.refusal.code == "whole_only"


@pytest.mark.article(API, "16")
def test_an_interruption_that_is_over_sooner_opens_the_api_again(ours: Customer, by: User) -> None:
    window = announce(by)
    half = START + (END - START) / 2
    record_interruption_times(interruption=window, by=by, at=half, began=START, ended=half)

    assert closed_as(ours, half, "measurements") is None
