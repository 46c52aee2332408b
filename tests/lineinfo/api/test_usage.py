from datetime import timedelta

import pytest
import time_machine
from django.conf import LazySettings

from lineinfo.models import ApiCall
from lineinfo.selectors import calls_of
from lineinfo.services.issue_credential import issue_credential
from tests.lineinfo.conftest import NOW, Customer, register
from workflow.models import User

pytestmark = pytest.mark.usefixtures("clock")


def test_a_caller_learns_who_it_is_and_what_is_left(ours: Customer, settings: LazySettings) -> None:
    settings.LINEINFO_CALLS_PER_MINUTE = 10
    ours.client.get("/api/v1/lines")
    ours.client.get("/api/v1/lines/L0")

    assert ours.client.get("/api/v1/usage").json() == {
        "api_id": ours.api.api_id,
        "api_user": "網野 見張",
        "credential": {
            "prefix": ours.credential.prefix,
            "state": "active",
            "issued_at": "2025-10-01T10:00:00+09:00",
            "expires_at": "2026-10-01T10:00:00+09:00",
        },
        "limit": {"per_minute": 10, "remaining": 7, "resets_in": 60},
        "today": {"answered": 1, "refused": 1},
    }


def test_the_count_starts_anew_at_midnight_in_japan(ours: Customer, clock: time_machine.Traveller) -> None:
    ours.client.get("/api/v1/lines")
    clock.move_to(NOW.replace(hour=0) + timedelta(days=1))

    assert ours.client.get("/api/v1/usage").json()["today"] == {"answered": 0, "refused": 0}


def test_every_call_is_logged_with_who_what_when_and_the_answer(ours: Customer) -> None:
    ours.client.get("/api/v1/lines?limit=5", headers={"X-Request-ID": "r-1"})
    ours.client.get("/api/v1/lines?limit=x")

    first, second = ApiCall.objects.order_by("id")
    assert (first.api_contract, first.credential, first.at) == (ours.api, ours.credential, NOW)
    assert (first.method, first.path, first.status, first.code) == ("GET", "/api/v1/lines?limit=5", 200, "")
    assert first.request_id == "r-1"
    assert (second.status, second.code) == (400, "invalid")


def test_a_very_long_address_is_cut_in_the_log(ours: Customer) -> None:
    ours.client.get("/api/v1/lines?cursor=" + "x" * 1000)

    assert len(ApiCall.objects.get().path) == 300


def test_an_api_user_reads_its_own_log_and_nobody_else_s(ours: Customer, theirs: Customer, by: User) -> None:
    colleague = register(ours.api, by, name="同僚")
    token = issue_credential(api_user=colleague, by=by, at=NOW).token
    ours.client.get("/api/v1/lines")
    theirs.client.get("/api/v1/lines")
    mine, ours.token = ours.token, token
    ours.client.get("/api/v1/usage")
    ours.token = mine

    body = ours.client.get("/api/v1/calls").json()

    assert [(call["path"], call["credential"]) for call in body["items"]] == [
        ("/api/v1/lines", ours.credential.prefix)
    ]
    # The contractor's own log has both users' calls.
    assert {call.credential.api_user for call in calls_of(ours.api)} == {ours.user, colleague}
    first = ours.client.get("/api/v1/calls", {"limit": 1}).json()
    assert first["items"][0]["path"] == "/api/v1/calls"
    assert (
        ours.client.get("/api/v1/calls", {"limit": 1, "cursor": first["next_cursor"]}).json()["items"]
        == body["items"]
    )


def test_whom_the_contractor_lets_reads_the_calls_of_all_its_users(
    ours: Customer, theirs: Customer, by: User
) -> None:
    colleague = register(ours.api, by, name="監査 太郎", whole_log=True)
    token = issue_credential(api_user=colleague, by=by, at=NOW).token
    ours.client.get("/api/v1/lines")
    theirs.client.get("/api/v1/lines")
    refused = ours.client.get("/api/v1/calls?whose=all")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")

    ours.token = token
    items = ours.client.get("/api/v1/calls?whose=all").json()["items"]

    assert [(item["path"], item["api_user"]) for item in items] == [
        ("/api/v1/calls?whose=all", "網野 見張"),
        ("/api/v1/lines", "網野 見張"),
    ]
