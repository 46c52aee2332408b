from datetime import timedelta

import pytest

from contracts.models import Interruption, Outage, Work
from lineinfo.services.record_status import record_status
from tests.lineinfo.conftest import NOW, TARGET, Customer

pytestmark = pytest.mark.usefixtures("clock")
HOUR = timedelta(hours=1)


def path(customer: Customer) -> str:
    return f"/api/v1/lines/{customer.lines[0].number}/status"


def test_the_status_is_the_last_that_was_reported(ours: Customer) -> None:
    record_status(line=ours.lines[0], state="up", as_of=NOW - HOUR, item="1Gb/s", host_exchange="丸の内")

    assert ours.client.get(path(ours)).json() == {
        "line": ours.lines[0].number,
        "state": "up",
        "as_of": "2025-10-01T09:00:00+09:00",
        "contract_state": "active",
        "item": "1Gb/s",
        "host_exchange": "丸の内",
        "under_way": [],
    }


def test_where_nothing_was_reported_the_status_is_unknown(ours: Customer) -> None:
    body = ours.client.get(path(ours)).json()

    assert (body["state"], body["as_of"], body["item"], body["host_exchange"]) == (
        "unknown",
        None,
        "1Gb/s",
        "霞が関",
    )


def test_a_status_from_before_the_contract_is_not_shown(ours: Customer) -> None:
    record_status(line=ours.lines[0], state="down", as_of=NOW - timedelta(days=100))

    assert ours.client.get(path(ours)).json()["state"] == "unknown"


def test_what_is_under_way_is_shown_and_what_is_over_or_ahead_is_not(ours: Customer) -> None:
    line, contract = ours.lines[0], ours.contracts[0]
    for down, restored in ((NOW - HOUR, None), (NOW - 3 * HOUR, NOW - 2 * HOUR)):
        Outage.objects.create(line=line, down=down, known=down, restored=restored)
    for start in (NOW - HOUR, NOW + HOUR):
        Interruption.objects.create(
            terms_code=TARGET,
            title="保守",
            ground="maintenance",
            article="-",
            starts_at=start,
            ends_at=start + 2 * HOUR,
        ).lines.add(line)
    for state, started_at in (("started", NOW), ("planned", None)):
        Work.objects.create(
            contract=contract, kind="repair", planned_at=NOW, state=state, started_at=started_at
        )

    assert ours.client.get(path(ours)).json()["under_way"] == [
        {"kind": "fault", "since": "2025-10-01T09:00:00+09:00", "until": None},
        {"kind": "interruption", "since": "2025-10-01T09:00:00+09:00", "until": "2025-10-01T11:00:00+09:00"},
        {"kind": "works", "since": "2025-10-01T10:00:00+09:00", "until": None},
    ]


def test_who_has_the_status_already_is_not_sent_it_again(ours: Customer) -> None:
    record_status(line=ours.lines[0], state="up", as_of=NOW - HOUR)
    tag = ours.client.get(path(ours))["ETag"]

    for known in (tag, f'"other", {tag}', f"W/{tag}", "*"):
        again = ours.client.get(path(ours), headers={"If-None-Match": known})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", tag)
    assert ours.client.get(path(ours), headers={"If-None-Match": '"other"'}).status_code == 200

    record_status(line=ours.lines[0], state="down", as_of=NOW)
    changed = ours.client.get(path(ours), headers={"If-None-Match": tag})
    assert (changed.status_code, changed.json()["state"]) == (200, "down")
