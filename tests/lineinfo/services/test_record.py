from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Line
from lineinfo.models import LineStatus, Measurement
from lineinfo.services.record_measurements import record_measurements
from lineinfo.services.record_status import record_status
from tests import factories
from tests.lineinfo.conftest import NOW

MINUTES = timedelta(minutes=5)


@pytest.fixture
def line(db: None) -> Line:
    return factories.line("hikari-line")


def rows(line: Line, count: int = 3, **values: object) -> list[dict[str, object]]:
    made = {
        "line_id": line.pk,
        "bytes_down": 1000,
        "bytes_up": 10,
        "connected_seconds": 300,
        "optical_dbm": -18.25,
    }
    return [{**made, "at": NOW + number * MINUTES, **values} for number in range(count)]


def test_what_is_delivered_again_changes_nothing(line: Line) -> None:
    assert record_measurements(rows(line)) == 3
    assert record_measurements(rows(line)) == 0
    assert record_measurements(rows(line, count=5)) == 2

    assert Measurement.objects.count() == 5
    first = Measurement.objects.order_by("at")[0]
    assert (first.at, first.seconds, first.errors, first.optical_dbm) == (NOW, 300, 0, Decimal("-18.25"))
    assert first.revision == 0


def test_other_values_for_an_interval_correct_it_and_count_as_a_correction(line: Line) -> None:
    record_measurements(rows(line))

    assert record_measurements(rows(line, count=1, bytes_down=2000)) == 1

    assert list(Measurement.objects.order_by("at").values_list("bytes_down", "revision")) == [
        (2000, 1),
        (1000, 0),
        (1000, 0),
    ]


def test_of_two_rows_for_one_interval_in_a_delivery_the_later_counts(line: Line) -> None:
    record_measurements([*rows(line, count=1), *rows(line, count=1, bytes_down=7)])

    assert Measurement.objects.get().bytes_down == 7


@pytest.mark.parametrize(
    "wrong",
    [
        {"at": NOW.replace(tzinfo=None)},
        {"at": "2025-10-01T00:00:00+09:00"},
        {"bytes_down": -1},
        {"bytes_up": 1.5},
        {"bytes_up": True},
        {"bytes_down": 2**63},
        {"seconds": 0, "connected_seconds": 0},
        {"connected_seconds": 301},
        {"optical_dbm": float("nan")},
        {"optical_dbm": -1000},
        {"optical_dbm": "dark"},
        {"colour": "red"},
        {"line_id": 999_999_999},
    ],
)
def test_one_wrong_row_is_named_and_nothing_is_written(line: Line, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError) as error:
        record_measurements([*rows(line, count=1), *rows(line, count=1, **wrong)])

    assert any(sign in error.value.messages[0] for sign in ("2", "999999999"))
    assert not Measurement.objects.exists()


def test_a_missing_value_is_named(line: Line) -> None:
    with pytest.raises(ValidationError, match="bytes_up"):
        record_measurements([{"line_id": line.pk, "at": NOW, "bytes_down": 1, "connected_seconds": 1}])


def test_nothing_delivered_is_nothing_recorded(db: None) -> None:
    assert record_measurements([]) == 0


def test_the_latest_status_counts_whatever_the_order_of_delivery(line: Line) -> None:
    record_status(line=line, state="up", as_of=NOW, item="1Gb/s", host_exchange="霞が関")
    record_status(line=line, state="down", as_of=NOW + MINUTES)
    record_status(line=line, state="unknown", as_of=NOW - MINUTES)

    status = LineStatus.objects.get(line=line)
    assert (status.state, status.as_of, status.item) == ("down", NOW + MINUTES, "")


@pytest.mark.parametrize("wrong", [{"state": "purple"}, {"as_of": NOW.replace(tzinfo=None)}])
def test_a_status_that_cannot_be_is_not_recorded(line: Line, wrong: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        record_status(**{"line": line, "state": "up", "as_of": NOW} | wrong)

    assert not LineStatus.objects.exists()
