"""Every refusal is a problem with a stable code."""

from datetime import date, timedelta
from typing import Any

import pytest
import redis
import time_machine
from django.conf import LazySettings
from rest_framework.test import APIClient

from lineinfo.api.problems import KINDS, MEDIA_TYPE
from lineinfo.models import ApiCall
from lineinfo.services.announce_api_interruption import announce_api_interruption
from lineinfo.services.end_api_contract import end_by_operator
from lineinfo.services.end_api_part import end_api_part
from lineinfo.services.revoke_credential import revoke_credential
from lineinfo.services.suspend_api_contract import suspend_api_contract
from notices.selectors import notices_about
from tests import factories
from tests.lineinfo.conftest import API, NOW, TODAY, Customer
from workflow.models import User

LINES = "/api/v1/lines"
pytestmark = pytest.mark.usefixtures("clock")


def problem(answer: Any, code: str) -> dict[str, Any]:
    """The body of a refusal, after a look at what all of them have."""
    body: dict[str, Any] = answer.json()
    assert answer["Content-Type"] == MEDIA_TYPE
    assert (body["code"], body["status"], answer.status_code) == (
        code,
        KINDS[code].status,
        KINDS[code].status,
    )
    assert body["type"] == f"/api/problems/#{code}"
    assert body["request_id"] == answer["X-Request-ID"]
    assert body["title"]
    assert body["detail"]
    return body


@pytest.mark.parametrize(
    ("head", "cause"),
    [
        ({}, "missing"),
        ({"Authorization": "Bearer"}, "malformed"),
        ({"Authorization": "Bearer a b"}, "malformed"),
        ({"Authorization": "Basic YTpi"}, "malformed"),
        ({"Authorization": "Bearer liaaaaaaaaaa.secret"}, "unknown"),
        ({"Authorization": "Bearer \xe9\xff"}, "unknown"),
    ],
)
def test_without_a_credential_nothing_is_answered(head: dict[str, str], cause: str) -> None:
    answer = APIClient().get(LINES, headers=head)

    assert problem(answer, "unauthenticated")["cause"] == cause
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert not ApiCall.objects.exists()


@pytest.mark.article(API, "8")
def test_a_revoked_credential_is_refused_and_the_attempt_is_logged(ours: Customer, by: User) -> None:
    revoke_credential(credential=ours.credential, by=by, at=NOW)

    assert problem(ours.client.get(LINES), "unauthenticated")["cause"] == "revoked"
    [call] = ApiCall.objects.all()
    assert (call.credential, call.status, call.code) == (ours.credential, 401, "unauthenticated")


@pytest.mark.article(API, "17")
def test_a_suspended_contract_is_refused_with_article_and_period(ours: Customer, by: User) -> None:
    suspend_api_contract(
        contract=ours.api,
        by=by,
        at=NOW,
        ground="breach_of_duties",
        reason="ID等の第三者への開示",
        starts_on=TODAY,
        through=date(2025, 10, 31),
        urgent_reason="漏洩が続いている",
    )

    body = problem(ours.client.get(LINES), "suspended")

    assert body["article"]["pack"] == API
    assert (body["article"]["number"], body["article"]["title"]) == ("17-1(3)", "利用停止")
    assert (body["reason"], body["from"], body["through"]) == (
        "ID等の第三者への開示",
        "2025-10-01",
        "2025-10-31",
    )
    assert ApiCall.objects.get().code == "suspended"


def test_a_contract_that_ended_is_refused_as_ended(ours: Customer, by: User) -> None:
    end_by_operator(contract=ours.api, by=by, at=NOW, ground="disaster_damage", ends_on=TODAY, reason="水害")

    body = problem(ours.client.get(LINES), "ended")

    assert body["last_day"] == "2025-10-01"
    assert ApiCall.objects.get().code == "ended"


@pytest.mark.article(API, "16")
def test_during_an_interruption_the_answer_says_when_to_come_back(
    ours: Customer, by: User, clock: time_machine.Traveller
) -> None:
    announce_api_interruption(
        terms_code=API,
        by=by,
        at=NOW,
        ground="maintenance",
        title="APIサーバーの更改",
        starts_at=NOW + timedelta(hours=1),
        ends_at=NOW + timedelta(hours=3),
    )
    assert ours.client.get(LINES).status_code == 200

    clock.move_to(NOW + timedelta(hours=2, minutes=59, seconds=30))
    answer = ours.client.get(LINES)
    body = problem(answer, "interrupted")
    assert answer["Retry-After"] == "30"
    assert body["retry_after"] == 30
    assert body["until"].endswith("+09:00"), "as every other moment of an answer"
    assert body["article"]["number"] == "16-1(1)"

    clock.move_to(NOW + timedelta(hours=3))
    assert ours.client.get(LINES).status_code == 200


@pytest.mark.article(API, "23")
def test_a_part_that_has_ended_is_refused_and_the_rest_is_answered(
    ours: Customer, by: User, clock: time_machine.Traveller
) -> None:
    ended = end_api_part(
        terms_code=API, by=by, at=NOW, part="status", ends_on=TODAY + timedelta(days=30), reason="装置の撤去"
    )
    factories.dispatched(notices_about(ended).get(), TODAY)
    line = f"{LINES}/{ours.lines[0].number}"
    clock.move_to(NOW + timedelta(days=31))

    body = problem(ours.client.get(f"{line}/status"), "ended")

    assert body["article"]["number"] == "23-1"
    assert (body["parts"], body["last_day"]) == (["status"], "2025-10-31")
    assert ours.client.get(f"{line}/measurements").status_code == ours.client.get(line).status_code == 200


def test_too_many_calls_in_a_minute_are_refused_until_the_next(
    ours: Customer, theirs: Customer, clock: time_machine.Traveller, settings: LazySettings
) -> None:
    settings.LINEINFO_CALLS_PER_MINUTE = 3
    clock.move_to(NOW + timedelta(seconds=15))
    answers = [ours.client.get(LINES) for _ in range(4)]

    assert [answer["RateLimit-Remaining"] for answer in answers] == ["2", "1", "0", "0"]
    body = problem(answers[3], "throttled")
    assert answers[3]["Retry-After"] == "45"
    assert (body["limit"], body["retry_after"]) == (3, 45)
    assert ApiCall.objects.filter(code="throttled").count() == 1
    # The limit is each credential's own.
    assert theirs.client.get(LINES).status_code == 200

    clock.move_to(NOW + timedelta(seconds=60))
    assert ours.client.get(LINES).status_code == 200


def test_what_was_counted_is_forgotten_after_its_minute(ours: Customer, settings: LazySettings) -> None:
    ours.client.get(LINES)
    ours.client.get(LINES)

    with redis.Redis.from_url(settings.CACHES["default"]["LOCATION"]) as counter:
        [key] = counter.keys("lineinfo:calls:*")
        assert (counter.get(key), 0 < counter.ttl(key) <= 120) == (b"2", True)


def test_a_revoked_credential_counts_against_its_limit_too(
    ours: Customer, by: User, settings: LazySettings
) -> None:
    settings.LINEINFO_CALLS_PER_MINUTE = 1
    revoke_credential(credential=ours.credential, by=by, at=NOW)

    problem(ours.client.get(LINES), "unauthenticated")
    problem(ours.client.get(LINES), "throttled")


def test_while_the_counter_is_down_the_api_answers(
    ours: Customer, settings: LazySettings, caplog: pytest.LogCaptureFixture
) -> None:
    settings.CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": "unix:///nowhere/valkey.sock?db=1",
        }
    }

    assert ours.client.get(LINES).status_code == 200
    assert "not limited" in caplog.text


@pytest.mark.parametrize(
    "path", ["/api/v1/", "/api/v1/nothing", "/api/v1/lines/", "/api/v1/lines/L/status/x"]
)
def test_an_address_that_is_not_there_is_a_problem_too(ours: Customer, path: str) -> None:
    problem(ours.client.get(path), "not_found")


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options"])
def test_version_1_only_reads(ours: Customer, method: str) -> None:
    problem(getattr(ours.client, method)(LINES), "method_not_allowed")


def test_who_accepts_no_json_is_told_so_in_json(ours: Customer) -> None:
    problem(ours.client.get(LINES, headers={"Accept": "image/png"}), "not_acceptable")


def test_an_error_on_our_side_is_a_problem_that_tells_nothing_but_the_request_id(
    ours: Customer, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    # A fault that no part of ours has: put in by hand.
    monkeypatch.setattr("lineinfo.api.views.lines.line_body", lambda contract: 1 / 0)

    body = problem(ours.client.get(LINES), "internal")

    assert "division" not in str(body)
    assert str(body["request_id"]) in caplog.text
    assert ApiCall.objects.get().status == 500


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("limit=0", ["limit"]),
        ("limit=501", ["limit"]),
        ("limit=many", ["limit"]),
        ("cursor=%21", ["cursor"]),
        ("cursor=LTE", ["cursor"]),
        ("cursor=OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5", ["cursor"]),
        ("colour=red", ["colour"]),
        ("limit=1&limit=2", ["limit"]),
        ("limit=0&colour=red", ["colour", "limit"]),
    ],
)
def test_wrong_parameters_are_named(ours: Customer, query: str, names: list[str]) -> None:
    body = problem(ours.client.get(f"{LINES}?{query}"), "invalid")

    assert sorted(error["name"] for error in body["errors"]) == names
    assert all(error["reason"] for error in body["errors"])


def test_problems_are_told_in_the_language_of_the_caller(ours: Customer, by: User) -> None:
    ours.client.get(LINES)
    japanese = ours.client.get("/api/v1/lines/L0").json()
    english = ours.client.get("/api/v1/lines/L0", headers={"Accept-Language": "en"}).json()

    assert (japanese["title"], english["title"]) == ("見つかりません", "Not found")
    assert japanese["code"] == english["code"]


def test_a_request_id_of_the_caller_comes_back_and_a_senseless_one_does_not(ours: Customer) -> None:
    for sent, kept in (("order-66.a", True), ("x" * 65, False), ("a b", False), ("<script>", False)):
        answer = ours.client.get(LINES, headers={"X-Request-ID": sent})
        assert (answer["X-Request-ID"] == sent) is kept
        assert ApiCall.objects.latest("id").request_id == answer["X-Request-ID"]


def test_answers_are_for_the_caller_alone(ours: Customer) -> None:
    answer = ours.client.get(LINES)

    assert answer["Cache-Control"] == "private, no-cache"
    assert "Cookie" not in answer.headers.get("Set-Cookie", "")


def test_the_page_of_problems_has_a_place_for_each_code() -> None:
    page = APIClient().get("/api/problems/").content.decode()

    for code in KINDS:
        assert f'id="{code}"' in page
