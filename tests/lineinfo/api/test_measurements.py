import json
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from contracts.models import Outage
from lineinfo.services.record_measurements import record_measurements
from tests.lineinfo.conftest import API, NOW, Customer

pytestmark = pytest.mark.usefixtures("clock")
MINUTES, HOUR, DAY = timedelta(minutes=5), timedelta(hours=1), timedelta(days=1)


def path(customer: Customer, what: str = "measurements") -> str:
    return f"/api/v1/lines/{customer.lines[0].number}/{what}"


def fill(customer: Customer, count: int, *, first: datetime = NOW - DAY, **values: object) -> None:
    """``count`` intervals of five minutes from ``first`` on; the n-th has n bytes."""
    made = {"line_id": customer.lines[0].pk, "bytes_up": 1, "connected_seconds": 300, "optical_dbm": -18.25}
    record_measurements({**made, "at": first + n * MINUTES, "bytes_down": n, **values} for n in range(count))


def test_by_default_the_last_24_hours_come_in_order_of_time(ours: Customer) -> None:
    fill(ours, 3, first=NOW - DAY - MINUTES)
    fill(ours, 1, first=NOW)

    body = ours.client.get(path(ours)).json()

    assert (body["from"], body["to"]) == ("2025-09-30T10:00:00+09:00", "2025-10-01T10:00:00+09:00")
    assert (body["line"], body["resolution"], body["next_cursor"]) == (ours.lines[0].number, "raw", None)
    assert body["items"] == [
        {
            "at": at,
            "seconds": 300,
            "bytes_down": down,
            "bytes_up": 1,
            "connected_seconds": 300,
            "errors": 0,
            "optical_dbm": -18.25,
            "corrected": False,
        }
        for down, at in ((1, "2025-09-30T10:00:00+09:00"), (2, "2025-09-30T10:05:00+09:00"))
    ]


def test_a_range_takes_its_start_and_leaves_its_end(ours: Customer) -> None:
    fill(ours, 10, first=NOW)

    query = {"from": "2025-10-01T01:05:00Z", "to": "2025-10-01T10:15:00+09:00"}
    assert [item["bytes_down"] for item in ours.client.get(path(ours), query).json()["items"]] == [1, 2]


@pytest.mark.parametrize("limit", [1, 3, 100, 5000])
def test_pages_follow_each_other_without_a_gap_or_a_double(ours: Customer, limit: int) -> None:
    fill(ours, 20)
    query: dict[str, Any] = {"limit": limit}
    found: list[int] = []
    for _ in range(30):
        body = ours.client.get(path(ours), query).json()
        assert len(body["items"]) <= limit
        found += [item["bytes_down"] for item in body["items"]]
        if body["next_cursor"] is None:
            break
        query["cursor"] = body["next_cursor"]

    assert found == list(range(20))


@pytest.mark.parametrize("limit", [1, 2, 500])
def test_by_hour_the_values_are_added_up_on_the_japanese_clock(ours: Customer, limit: int) -> None:
    fill(
        ours, 30, first=NOW - DAY - 10 * MINUTES
    )  # from 9:10; ten in that hour, twelve in the next, eight after
    query: dict[str, Any] = {"resolution": "hour", "limit": limit, "from": "2025-09-30T09:00:00+09:00"}
    found: list[dict[str, object]] = []
    for _ in range(60):
        body = ours.client.get(path(ours), query).json()
        found += body["items"]
        if body["next_cursor"] is None:
            break
        query["cursor"] = body["next_cursor"]

    assert [(item["at"], item["seconds"], item["bytes_down"]) for item in found] == [
        ("2025-09-30T09:00:00+09:00", 3000, sum(range(10))),
        ("2025-09-30T10:00:00+09:00", 3600, sum(range(10, 22))),
        ("2025-09-30T11:00:00+09:00", 2400, sum(range(22, 30))),
    ]
    assert found[0]["optical_dbm"] == -18.25


def test_a_day_is_a_day_in_japan(ours: Customer) -> None:
    midnight = NOW.replace(hour=0)
    fill(ours, 2, first=midnight - MINUTES)

    query = {"resolution": "day", "from": "2025-09-29T12:00:00+09:00"}
    items = ours.client.get(path(ours), query).json()["items"]

    assert [item["at"] for item in items] == ["2025-09-30T00:00:00+09:00", "2025-10-01T00:00:00+09:00"]


def test_a_corrected_interval_is_marked(ours: Customer) -> None:
    fill(ours, 1)
    fill(ours, 1, errors=7)

    [item] = ours.client.get(path(ours)).json()["items"]
    assert (item["errors"], item["corrected"]) == (7, True)


@pytest.mark.parametrize(
    ("query", "name"),
    [
        ("from=2025-10-01", "from"),
        ("from=2025-10-01T00:00:00", "from"),
        ("from=2025-10-01T00:00:00+09:00", "from"),  # "+" unwritten in an address is a space
        ("to=2025-13-01T00:00:00Z", "to"),
        ("to=0001-01-01T00:00:00%2B09:00", "to"),
        ("from=2025-10-01T00:00:00Z&to=2025-10-01T00:00:00Z", "to"),
        ("resolution=week", "resolution"),
        ("limit=5001", "limit"),
        ("cursor=tomorrow", "cursor"),
    ],
)
def test_a_wrong_range_is_named(ours: Customer, query: str, name: str) -> None:
    answer = ours.client.get(f"{path(ours)}?{query}")

    assert answer.status_code == 400
    assert [error["name"] for error in answer.json()["errors"]] == [name]


def test_what_is_wrong_is_said_in_the_language_of_each_call(ours: Customer) -> None:
    def reason(language: str) -> str:
        answer = ours.client.get(f"{path(ours)}?limit=5001", headers={"Accept-Language": language})
        return str(answer.json()["errors"][0]["reason"])

    assert [reason(language) for language in ("en", "ja", "en")] == [
        "Ensure this value is less than or equal to 5000.",
        "この値は5000以下にしてください。",
        "Ensure this value is less than or equal to 5000.",
    ]


@pytest.mark.parametrize("level", ["-18.25", "-18.50", "0.00", "-7.00", "999.99", None])
def test_a_level_is_told_as_a_number_wherever_it_lies(ours: Customer, level: str | None) -> None:
    fill(ours, 1, optical_dbm=level)

    [item] = ours.client.get(path(ours)).json()["items"]
    assert item["optical_dbm"] == (None if level is None else float(level))


def test_an_interval_can_begin_within_a_second(ours: Customer) -> None:
    fill(ours, 1, first=NOW - DAY + timedelta(seconds=2.5))

    [item] = ours.client.get(path(ours)).json()["items"]
    assert datetime.fromisoformat(item["at"]) == NOW - DAY + timedelta(seconds=2.5)
    assert item["at"].startswith("2025-09-30T10:00:02.5")
    assert item["at"].endswith("+09:00")


def test_a_cursor_beyond_the_range_reads_nothing_of_it(ours: Customer) -> None:
    fill(ours, 5)

    body = ours.client.get(path(ours), {"cursor": "OTIyMzM3MjAzNjg1NDc3NTgwNw"}).json()

    assert (body["items"], body["next_cursor"]) == ([], None)


def test_a_page_costs_the_same_number_of_queries_whatever_it_holds(ours: Customer) -> None:
    counts = []
    for number in (1, 200):
        fill(ours, number)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            ours.client.get(path(ours))
        counts.append(len(queries))

    assert counts[0] >= counts[1]
    assert counts[1] <= 6


@pytest.mark.article(API, "15")
def test_gaps_are_data_with_their_reason_and_are_not_filled(ours: Customer) -> None:
    start = NOW - 2 * HOUR
    fill(ours, 6, first=start)  # to 8:30
    fill(ours, 3, first=start + timedelta(minutes=45))  # 8:45 to 9:00
    fill(ours, 6, first=start + timedelta(minutes=90))  # 9:30 to 10:00
    Outage.objects.create(
        line=ours.lines[0],
        down=start + timedelta(minutes=35),
        known=start + timedelta(minutes=40),
        restored=start + timedelta(minutes=44),
    )

    query = {"from": "2025-10-01T08:00:00+09:00", "to": "2025-10-01T12:00:00+09:00"}
    body = ours.client.get(path(ours, "gaps"), query).json()

    assert body["to"] == "2025-10-01T10:00:00+09:00"  # the future has no gaps
    assert body["items"] == [
        {"from": "2025-10-01T08:30:00+09:00", "to": "2025-10-01T08:45:00+09:00", "reasons": ["fault"]},
        {"from": "2025-10-01T09:00:00+09:00", "to": "2025-10-01T09:30:00+09:00", "reasons": []},
    ]


def test_an_interval_that_began_before_the_range_covers_its_start(ours: Customer) -> None:
    fill(ours, 1, first=NOW - DAY - 2 * MINUTES, seconds=900)

    [gap] = ours.client.get(path(ours, "gaps")).json()["items"]

    assert gap["from"] == "2025-09-30T10:05:00+09:00"


def test_a_line_of_which_nothing_was_measured_is_one_gap(ours: Customer) -> None:
    [gap] = ours.client.get(path(ours, "gaps")).json()["items"]

    assert (gap["from"], gap["to"]) == ("2025-09-30T10:00:00+09:00", "2025-10-01T10:00:00+09:00")


def test_gaps_of_more_than_31_days_are_asked_for_in_parts(ours: Customer) -> None:
    answer = ours.client.get(path(ours, "gaps"), {"from": "2025-08-30T00:00:00Z"})

    assert answer.status_code == 400


@pytest.mark.parametrize("resolution", ["raw", "hour", "day"])
def test_a_whole_range_comes_as_lines_of_json_with_the_values_of_the_pages(
    ours: Customer, resolution: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lineinfo.api.views.measurements.MOST_MEASUREMENTS", 7)  # many reads for one stream
    fill(ours, 40)
    query = {"resolution": resolution, "from": "2025-09-29T00:00:00+09:00"}

    answer = ours.client.get(path(ours), query, headers={"Accept": "application/x-ndjson"})

    assert (answer.status_code, answer["Content-Type"]) == (200, "application/x-ndjson")
    lines = b"".join(answer.streaming_content).decode().splitlines()
    assert [json.loads(line) for line in lines] == ours.client.get(path(ours), query).json()["items"]
    assert lines


def test_a_whole_range_comes_as_csv(ours: Customer) -> None:
    fill(ours, 1)
    fill(ours, 1, first=NOW - DAY + MINUTES, optical_dbm=None)

    answer = ours.client.get(path(ours), headers={"Accept": "text/csv"})

    assert answer["Content-Type"] == "text/csv"
    assert b"".join(answer.streaming_content).decode() == (
        "at,seconds,bytes_down,bytes_up,connected_seconds,errors,optical_dbm,corrected\r\n"
        "2025-09-30T10:00:00+09:00,300,0,1,300,0,-18.25,false\r\n"
        "2025-09-30T10:05:00+09:00,300,0,1,300,0,,false\r\n"
    )


def test_a_stream_has_no_pages_and_its_refusals_are_problems(ours: Customer, theirs: Customer) -> None:
    csv = {"Accept": "text/csv"}
    answer = ours.client.get(path(ours), {"limit": 5}, headers=csv)

    assert answer["Content-Type"] == "application/problem+json"
    assert [error["name"] for error in answer.json()["errors"]] == ["limit"]
    assert ours.client.get(path(theirs), headers=csv).json()["code"] == "not_found"
