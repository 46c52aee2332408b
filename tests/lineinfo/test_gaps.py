"""Gaps are data: missing because of works, a fault or an interruption, or for a reason unknown."""

from datetime import datetime, timedelta

import pytest

from contracts.models import Interruption, Outage, Work
from lineinfo.gaps import explained_gaps
from lineinfo.services.record_measurements import record_measurements
from tests.lineinfo.conftest import NOW, TARGET, Customer

pytestmark = pytest.mark.usefixtures("clock")
HOUR = timedelta(hours=1)
START = NOW - 8 * HOUR


def measure(ours: Customer, *hours: int) -> None:
    """One hour each, from ``START`` on."""
    record_measurements(
        [
            {
                "line_id": ours.lines[0].pk,
                "at": START + hour * HOUR,
                "seconds": 3600,
                "bytes_down": 1,
                "bytes_up": 1,
                "connected_seconds": 3600,
            }
            for hour in hours
        ]
    )


def found(ours: Customer, to: datetime = NOW) -> list[tuple[float, float, tuple[str, ...]]]:
    """The gaps, in hours from ``START`` on."""
    return [
        ((gap.from_ - START) / HOUR, (gap.to - START) / HOUR, gap.reasons)
        for gap in explained_gaps(contract=ours.contracts[0], line=ours.lines[0], from_=START, to=to)
    ]


def test_each_gap_names_what_was_going_on_and_nothing_where_that_is_unknown(ours: Customer) -> None:
    line, contract = ours.lines[0], ours.contracts[0]
    measure(ours, 0, 2, 4, 6)
    Outage.objects.create(line=line, down=START + HOUR, known=START + HOUR, restored=START + 1.5 * HOUR)
    Work.objects.create(
        contract=contract,
        kind="repair",
        state=Work.State.DONE,
        planned_at=START,
        started_at=START + 1.5 * HOUR,
        done_at=START + 3.5 * HOUR,
    )
    Interruption.objects.create(
        terms_code=TARGET,
        title="保守",
        ground="maintenance",
        article="hikari-line 33",
        starts_at=START + 5 * HOUR,
        ends_at=START + 6 * HOUR,
    ).lines.add(line)

    assert found(ours) == [
        (1, 2, ("fault", "works")),
        (3, 4, ("works",)),
        (5, 6, ("interruption",)),
        (7, 8, ()),
    ]


def test_what_ended_when_the_gap_began_is_no_reason_for_it(ours: Customer) -> None:
    measure(ours, 0)
    Outage.objects.create(line=ours.lines[0], down=START, known=START, restored=START + HOUR)

    assert found(ours, START + 2 * HOUR) == [(1, 2, ())]


def test_what_was_only_planned_or_befell_another_line_is_no_reason(ours: Customer) -> None:
    Work.objects.create(contract=ours.contracts[0], kind="repair", planned_at=START)
    Outage.objects.create(line=ours.lines[1], down=START, known=START)

    assert found(ours) == [(0, 8, ())]


def test_a_fault_that_lasts_is_the_reason_until_now(ours: Customer) -> None:
    measure(ours, *range(6))
    Outage.objects.create(line=ours.lines[0], down=START + 6 * HOUR, known=START + 6 * HOUR)

    assert found(ours) == [(6, 8, ("fault",))]
