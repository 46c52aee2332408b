"""Line records by HTTP, from the operator's own systems."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import time_machine
from django.conf import LazySettings
from pytest_django.live_server_helper import LiveServer
from rest_framework.test import APIClient

from clients.lineinfo import ApiProblem, Client
from contracts.models import Line, Product
from lineinfo import spool
from lineinfo.models import ApiCall, LineBatch, Measurement, SystemCredential
from lineinfo.services.issue_system_credential import issue_system_credential
from lineinfo.services.revoke_system_credential import revoke_system_credential
from tests import factories
from tests.lineinfo.conftest import NOW, Customer, customer
from tests.lineinfo.loading.conftest import csv, ndjson, packed, row
from workflow.models import StateChange, User

ADDRESS = "/api/v1/deliveries"


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, settings: LazySettings) -> None:
    settings.LINE_RECORDS_FOLDER = tmp_path


@pytest.fixture
def line(db: None) -> Line:
    return factories.line("hikari-line")


def system(by: User, name: str = "nms-1") -> APIClient:
    """A client of the system of that name."""
    issued = issue_system_credential(system=name, by=by, at=NOW, expires_at=NOW + timedelta(days=30))
    return carrying(issued.token)


def carrying(token: str) -> APIClient:
    client = APIClient(headers={"Accept-Language": "ja"})
    client.credentials(HTTP_AUTHORIZATION=f"Bearer {token}")
    return client


@pytest.fixture
def nms(by: User, clock: object) -> APIClient:
    return system(by)


def send(client: APIClient, content: bytes, kind: str = "text/csv", **heads: str) -> Any:
    return client.post(ADDRESS, content, content_type=kind, headers=heads)


def test_a_delivery_is_loaded_and_answered_with_its_counts_and_the_rows_put_aside(
    nms: APIClient, line: Line
) -> None:
    bad, unknown = row(line, 1, down=-5), row(line, 2).replace(line.number, "L99999999")

    answer = send(nms, csv(row(line), bad, unknown))

    assert answer.status_code == 201
    body = answer.json()
    batch = LineBatch.objects.get()
    assert (batch.source, str(batch.received_from), batch.state) == ("http", "nms-1", "loaded")
    assert (body["id"], body["state"], body["kind"]) == (batch.pk, "loaded", "measurements")
    assert {name: count for name, count in body["counts"].items() if count} == {
        "new": 1,
        "bad": 1,
        "unknown_lines": 1,
    }
    assert [(each["line_number"], each["kind"], each["text"]) for each in body["put_aside"]] == [
        (3, "bad", bad),
        (4, "unknown_line", unknown),
    ]
    assert Measurement.objects.get().bytes_down == 1000
    assert nms.get(f"{ADDRESS}/{batch.pk}").json() == body
    schema = APIClient().get("/api/schema/?format=json").json()
    shape = {"$ref": "#/components/schemas/DeliveryShape", "components": schema["components"]}
    jsonschema.Draft202012Validator(shape).validate(body)
    # What only waited to be loaded lies nowhere any more.
    assert list(spool.folder().iterdir()) == []


def test_packed_and_as_json_it_says_the_same(nms: APIClient, line: Line) -> None:
    plain = csv(row(line))
    first = send(nms, packed(plain), **{"Content-Encoding": "gzip"})
    again = send(nms, plain)
    told = ndjson([{"line": line.number, "state": "down", "as_of": NOW.isoformat()}])
    status = send(nms, told, "application/x-ndjson; charset=utf-8")

    assert first.json()["size"] == len(plain)
    assert again.json()["id"] == first.json()["id"]
    assert status.json()["kind"] == "statuses"
    assert line.status.state == "down"


def test_a_delivery_sent_again_changes_nothing(nms: APIClient, line: Line) -> None:
    first = send(nms, csv(row(line)), **{"Idempotency-Key": "night-1"})
    for key in ("night-1", "night-2", None):
        again = send(nms, csv(row(line)), **({"Idempotency-Key": key} if key else {}))
        assert (again.status_code, again.json()) == (201, first.json())
        assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first

    other = send(nms, csv(row(line, down=7)), **{"Idempotency-Key": "night-1"})
    assert (other.status_code, other.json()["code"]) == (422, "key_reused")
    assert Measurement.objects.get().bytes_down == 1000
    assert LineBatch.objects.get().deliveries == 4


def test_the_keys_of_another_system_are_its_own(nms: APIClient, by: User, line: Line) -> None:
    assert send(nms, csv(row(line)), **{"Idempotency-Key": "k"}).status_code == 201
    assert send(system(by, "nms-2"), csv(row(line, 1)), **{"Idempotency-Key": "k"}).status_code == 201


@pytest.mark.parametrize(
    ("content", "kind", "heads", "status", "code"),
    [
        (b"line,at\n", "application/json", {}, 415, "unsupported"),
        (b"line,at\n", "text/csv", {"Content-Encoding": "br"}, 415, "unsupported"),
        (b"line,at\n", "text/csv", {"Content-Encoding": "gzip"}, 400, "invalid"),
        (packed(b"line")[:-6], "text/csv", {"Content-Encoding": "gzip"}, 400, "invalid"),
        (packed(b"line"), "text/csv", {}, 400, "invalid"),
        (b"line,at\n", "text/csv", {"Idempotency-Key": "a b"}, 400, "invalid"),
        (b"", "text/csv", {}, 400, "invalid"),
        (b"x" * 5001, "text/csv", {}, 413, "too_large"),
        (packed(b"x" * 5001), "text/csv", {"Content-Encoding": "gzip"}, 413, "too_large"),
    ],
    ids=[
        "another type",
        "another packing",
        "not packed",
        "packed in part",
        "packed unsaid",
        "bad key",
        "empty",
        "too large",
        "too large unpacked",
    ],
)
def test_what_is_not_taken_is_refused_and_leaves_nothing(
    nms: APIClient,
    settings: LazySettings,
    content: bytes,
    kind: str,
    heads: dict[str, str],
    status: int,
    code: str,
) -> None:
    settings.LINEINFO_DELIVERY_BYTES = 5000

    refused = send(nms, content, kind, **heads)

    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert not LineBatch.objects.exists()
    assert list(spool.folder().iterdir()) == []


def test_what_cannot_be_read_is_kept_as_a_failed_delivery(nms: APIClient) -> None:
    refused = send(nms, "回線,日時\n".encode("cp932"))

    assert (refused.status_code, refused.json()["code"]) == (422, "unreadable")
    assert "UTF-8" in refused.json()["detail"]
    kept = nms.get(f"{ADDRESS}/{refused.json()['delivery']}").json()
    assert (kept["state"], kept["failure"]) == ("failed", refused.json()["detail"])


def test_to_contractors_there_are_no_deliveries(nms: APIClient, ours: Customer, line: Line) -> None:
    batch = send(nms, csv(row(line))).json()["id"]

    for answer in (send(ours.client, csv(row(line, 1))), ours.client.get(f"{ADDRESS}/{batch}")):
        assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    assert LineBatch.objects.count() == 1
    assert list(ApiCall.objects.values_list("status", flat=True)) == [404, 404]


def test_a_system_sees_no_line_of_anybody(nms: APIClient, ours: Customer) -> None:
    for path in ("lines", f"lines/{ours.lines[0].number}", "usage", "calls", "nothing"):
        answer = nms.get(f"/api/v1/{path}")
        assert (answer.status_code, answer.json()["cause"]) == (401, "unknown")


def test_without_a_working_credential_nothing_is_taken(
    by: User, line: Line, clock: time_machine.Traveller
) -> None:
    issued = issue_system_credential(system="nms-1", by=by, at=NOW, expires_at=NOW + timedelta(days=30))
    client = carrying(issued.token)
    assert send(client, csv(row(line))).status_code == 201
    assert issued.token.partition(".")[2] not in str(SystemCredential.objects.values().get())

    causes = []
    for one in (APIClient(), carrying(issued.token + "x"), carrying("ls\0.x")):
        causes.append(send(one, csv(row(line, 1))).json()["cause"])
    clock.shift(timedelta(days=31))
    causes.append(send(client, csv(row(line, 1))).json()["cause"])
    revoke_system_credential(credential=issued.credential, by=by, at=NOW, reason="端末の廃止")
    causes.append(send(client, csv(row(line, 1))).json()["cause"])

    assert causes == ["missing", "unknown", "unknown", "expired", "revoked"]
    assert LineBatch.objects.count() == 1
    changes = StateChange.objects.filter(subject_id=issued.credential.pk).order_by("id")
    assert [(change.transition, change.by) for change in changes] == [("issue", by), ("revoke", by)]


def test_systems_are_limited_like_anybody(nms: APIClient, settings: LazySettings) -> None:
    settings.LINEINFO_CALLS_PER_MINUTE = 1
    assert nms.get(f"{ADDRESS}/1").status_code == 404
    assert nms.get(f"{ADDRESS}/1").status_code == 429


@pytest.mark.usefixtures("whole_days")
def test_the_client_delivers(live_server: LiveServer, target: Product, by: User) -> None:
    with time_machine.travel(NOW, tick=True):
        line = factories.line("hikari-line")
        issued = issue_system_credential(system="nms-1", by=by, at=NOW, expires_at=NOW + timedelta(days=1))
        client = Client(live_server.url, issued.token)

        sent = client.deliveries_send(csv(row(line)), media_type="text/csv", key="k")
        assert sent["counts"]["new"] == 1
        assert client.deliveries_one(sent["id"]) == sent
        with pytest.raises(ApiProblem, match="key_reused"):
            client.deliveries_send(csv(row(line, 1)), media_type="text/csv", key="k")
        with pytest.raises(ApiProblem, match="not_found"):
            Client(live_server.url, customer(target, by).token).deliveries_one(sent["id"])
