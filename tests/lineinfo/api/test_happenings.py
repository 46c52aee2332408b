from datetime import timedelta
from typing import Any

import pytest

from contracts.models import Interruption, Outage, Work
from lineinfo.events import events_between
from tests.lineinfo.conftest import NOW, TARGET, Customer

pytestmark = pytest.mark.usefixtures("clock")
HOUR, LONG_AGO = timedelta(hours=1), NOW - timedelta(days=100)


def get(customer: Customer, what: str, **query: Any) -> dict[str, Any]:
    found: dict[str, Any] = customer.client.get(
        f"/api/v1/lines/{customer.lines[0].number}/{what}", query
    ).json()
    return found


def test_works_outages_and_interruptions_are_told_the_latest_first(ours: Customer) -> None:
    line, contract = ours.lines[0], ours.contracts[0]
    for hours in (48, 24):
        down = NOW - hours * HOUR
        Outage.objects.create(line=line, down=down, known=down, restored=down + HOUR)
    window = Interruption.objects.create(
        terms_code=TARGET,
        title="保守",
        ground="maintenance",
        article="hikari-line 33",
        starts_at=NOW,
        ends_at=NOW + HOUR,
    )
    window.lines.add(line)
    Work.objects.create(contract=contract, kind="repair", planned_at=NOW + HOUR)

    assert [item["down"] for item in get(ours, "outages")["items"]] == [
        "2025-09-30T10:00:00+09:00",
        "2025-09-29T10:00:00+09:00",
    ]
    assert get(ours, "interruptions")["items"] == [
        {
            "title": "保守",
            "article": "hikari-line 33",
            "starts_at": "2025-10-01T10:00:00+09:00",
            "ends_at": "2025-10-01T11:00:00+09:00",
            "urgent": False,
        }
    ]
    assert get(ours, "works")["items"] == [
        {
            "kind": "repair",
            "state": "planned",
            "planned_at": "2025-10-01T11:00:00+09:00",
            "started_at": None,
            "done_at": None,
        }
    ]


def test_an_interruption_is_told_once_and_as_it_was_where_that_is_recorded(ours: Customer) -> None:
    line = ours.lines[0]
    window = Interruption.objects.create(
        terms_code=TARGET,
        title="保守",
        ground="maintenance",
        article="hikari-line 33",
        starts_at=NOW - 9 * HOUR,
        ends_at=NOW - 8 * HOUR,
        began=NOW - 8 * HOUR,
        ended=NOW - 6 * HOUR,
    )
    window.lines.add(line)
    Outage.objects.create(
        line=line, down=window.began, known=window.began, restored=window.ended, interruption=window
    )

    assert get(ours, "outages")["items"] == []
    [told] = get(ours, "interruptions")["items"]
    assert (told["starts_at"], told["ends_at"]) == ("2025-10-01T02:00:00+09:00", "2025-10-01T04:00:00+09:00")
    seen = events_between(
        contract=ours.contracts[0], line=line, from_=NOW - 7 * HOUR, to=NOW - 7 * HOUR + HOUR / 2
    )
    assert [event.kind for event in seen] == ["interruption"]


def test_they_come_in_pages(ours: Customer) -> None:
    for hours in (3, 2, 1):
        down = NOW - hours * HOUR
        Outage.objects.create(line=ours.lines[0], down=down, known=down, restored=down + HOUR / 2)

    first = get(ours, "outages", limit=2)
    second = get(ours, "outages", limit=2, cursor=first["next_cursor"])

    assert (len(first["items"]), len(second["items"]), second["next_cursor"]) == (2, 1, None)


def test_what_was_over_before_the_contract_began_belongs_to_somebody_else(ours: Customer) -> None:
    line = ours.lines[0]
    Outage.objects.create(line=line, down=LONG_AGO, known=LONG_AGO, restored=LONG_AGO + HOUR)
    Interruption.objects.create(
        terms_code=TARGET,
        title="保守",
        ground="maintenance",
        article="-",
        starts_at=LONG_AGO,
        ends_at=LONG_AGO + HOUR,
    ).lines.add(line)

    assert get(ours, "outages")["items"] == []
    assert get(ours, "interruptions")["items"] == []
