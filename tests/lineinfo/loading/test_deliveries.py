"""What becomes of the rows of a delivery."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from contracts.models import Line
from lineinfo.days import table_of
from lineinfo.loading.blocks import BLOCK
from lineinfo.models import BadRow, LineBatch, LineStatus, Measurement, MeasurementDay, SupersededReading
from tests import factories
from tests.lineinfo.conftest import NOW
from tests.lineinfo.loading.conftest import MINUTES, START, Deliver, csv, ndjson, packed, row

COUNTS = ("new", "corrected", "repeated", "late", "bad", "unknown_lines", "beyond_retention")


def counts(batch: LineBatch) -> dict[str, int]:
    """Those that are not nothing."""
    return {name: getattr(batch, name) for name in COUNTS if getattr(batch, name)}


def fields(line: Line, number: int = 0, **values: object) -> dict[str, object]:
    made = {"bytes_down": 1000, "bytes_up": 10, "connected_seconds": 300, "optical_dbm": -18.25}
    return {"line": line.number, "at": (START + number * MINUTES).isoformat(), **made, **values}


@pytest.mark.parametrize("pack", [bytes, packed])
def test_csv_and_ndjson_packed_or_not_say_the_same(line: Line, deliver: Deliver, pack: type) -> None:
    other = factories.line("hikari-line")

    first = deliver(pack(csv(row(line), row(line, 1))))
    second = deliver(pack(ndjson([fields(other), fields(other, 1)])))

    assert (first.state, second.state) == ("loaded", "loaded")
    assert counts(first) == counts(second) == {"new": 2}
    stored = list(
        Measurement.objects.order_by("line_id", "at").values_list(
            "line_id", "at", "seconds", "bytes_down", "bytes_up", "connected_seconds", "errors", "optical_dbm", "late"
        )
    )  # fmt: skip
    values = (300, 1000, 10, 300, 0, Decimal("-18.25"), False)
    assert stored == [(of.pk, START + n * MINUTES, *values) for of in (line, other) for n in (0, 1)]


def test_the_same_file_again_is_the_same_batch_and_changes_nothing(line: Line, deliver: Deliver) -> None:
    first = deliver(csv(row(line)))
    again = deliver(csv(row(line)), name="other-name.csv")

    assert again.pk == first.pk
    assert LineBatch.objects.get().deliveries == 2
    assert counts(LineBatch.objects.get()) == {"new": 1}


def test_a_file_that_repeats_rows_of_another_adds_only_what_is_new(line: Line, deliver: Deliver) -> None:
    deliver(csv(row(line), row(line, 1)))

    batch = deliver(csv(row(line, 1), row(line, 2)))

    assert counts(batch) == {"new": 1, "repeated": 1}
    assert Measurement.objects.count() == 3
    assert MeasurementDay.objects.get().stored == 3
    assert not SupersededReading.objects.exists()


def test_a_corrected_value_replaces_and_what_stood_before_is_kept(line: Line, deliver: Deliver) -> None:
    deliver(csv(row(line)))

    batch = deliver(csv(row(line, down=2000)), at=NOW + MINUTES)

    assert counts(batch) == {"corrected": 1}
    found = Measurement.objects.get()
    assert (found.bytes_down, found.revision) == (2000, 1)
    before = SupersededReading.objects.get()
    assert (before.bytes_down, before.revision, before.superseded_at) == (1000, 0, NOW + MINUTES)


def test_a_value_that_comes_long_after_its_interval_is_marked_as_late(line: Line, deliver: Deliver) -> None:
    batch = deliver(csv(row(line, at=NOW - timedelta(days=2)), row(line)))

    assert counts(batch) == {"new": 2, "late": 1}
    assert list(Measurement.objects.order_by("at").values_list("late", flat=True)) == [True, False]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ("{line},{at},300,-5,10,300,0,", "bytes_down"),
        ("{line},{at},300,1.5,10,300,0,", "bytes_down"),
        ("{line},{at},0,1,10,0,0,", "接続"),
        ("{line},{at},300,1,10,301,0,", "接続"),
        ("{line},{at},300,1,10,300,0,dark", "optical_dbm"),
        ("{line},{at},300,1,10", "列"),
        ("{line},yesterday,300,1,10,300,0,", "at"),
        ("{line},2025-10-01T09:00:00,300,1,10,300,0,", "at"),
        ("{line},2999-10-01T09:00:00+09:00,300,1,10,300,0,", "at"),
        (",{at},300,1,10,300,0,", "line"),
        ("{line},{at},300,99999999999999999999,10,300,0,", "bytes_down"),
        ('"{line},{at},300,1,10,300,0,', "CSV"),
    ],
)
def test_a_bad_row_is_put_aside_with_its_line_and_reason_and_the_good_ones_go_in(
    line: Line, deliver: Deliver, wrong: str, reason: str
) -> None:
    text = wrong.format(line=line.number, at=(START + 9 * MINUTES).isoformat())

    batch = deliver(csv(row(line), text, row(line, 1)))

    assert counts(batch) == {"new": 2, "bad": 1}
    bad = BadRow.objects.get()
    assert (bad.line_number, bad.kind, bad.text) == (3, "bad", text)
    assert reason in bad.reason


@pytest.mark.parametrize(
    "wrong",
    [
        b"[1, 2]",
        b"not json",
        b'{"line": 5}',
        b'{"line": "L", "at": "2025-10-01T09:00:00+09:00", "bytes_down": true}',
        b"[" * 9000,
    ],
)
def test_a_bad_line_of_json_is_put_aside(line: Line, deliver: Deliver, wrong: bytes) -> None:
    batch = deliver(ndjson([fields(line)]) + wrong + b"\n")

    assert counts(batch) == {"new": 1, "bad": 1}
    assert BadRow.objects.get().line_number == 2


def test_a_row_of_a_line_that_there_is_not_is_reported_as_that(line: Line, deliver: Deliver) -> None:
    batch = deliver(csv(row(line), row(line, 1).replace(line.number, "L99999999")))

    assert counts(batch) == {"new": 1, "unknown_lines": 1}
    assert BadRow.objects.get().kind == "unknown_line"


def test_columns_may_stand_in_another_order_and_optional_ones_be_left_out(
    line: Line, deliver: Deliver
) -> None:
    content = (
        f"at,line,bytes_up,bytes_down,connected_seconds\n{START.isoformat()},{line.number},10,1000,300\n"
    )

    assert counts(deliver(content.encode())) == {"new": 1}
    found = Measurement.objects.get()
    assert (found.bytes_up, found.bytes_down, found.seconds, found.optical_dbm) == (10, 1000, 300, None)


def test_windows_line_ends_a_byte_order_mark_and_empty_lines_do_no_harm(line: Line, deliver: Deliver) -> None:
    content = b"\xef\xbb\xbf" + csv(row(line), "", row(line, 1)).replace(b"\n", b"\r\n")

    assert counts(deliver(content)) == {"new": 2}


def test_each_day_of_japan_has_its_partition(line: Line, deliver: Deliver) -> None:
    deliver(csv(row(line, at=NOW - timedelta(days=1)), row(line)))

    assert list(MeasurementDay.objects.values_list("day", "stored")) == [
        (date(2025, 10, 1), 1),
        (date(2025, 9, 30), 1),
    ]
    assert table_of(date(2025, 10, 1)) == "lineinfo_measurement_20251001"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"a,b,c\n1,2,3\n", "a,b,c"),
        ("回線,日時\n".encode("cp932"), "UTF-8"),
        (b'{"colour": "red"}\n', "colour"),
        (packed(csv("x" * 10))[:-6], "gzip"),
        (csv("x" * (BLOCK + 100_000)), "65536"),
    ],
)
def test_a_file_that_cannot_be_read_fails_as_a_whole_and_says_why(
    deliver: Deliver, content: bytes, reason: str
) -> None:
    batch = deliver(content)

    assert batch.state == "failed"
    assert reason in batch.failure


def test_the_latest_status_of_each_line_counts_whatever_the_order(line: Line, deliver: Deliver) -> None:
    later, earlier = (START + n * MINUTES for n in (1, 0))
    rows = [
        f"{line.number},{state},1Gb/s,霞が関,{at.isoformat()}"
        for state, at in (("down", later), ("up", earlier))
    ]

    batch = deliver(
        "\n".join(
            ["line,state,item,host_exchange,as_of", *rows, f"{line.number},purple,,,{START}", ""]
        ).encode()
    )

    assert batch.kind == "statuses"
    assert counts(batch) == {"new": 1, "repeated": 1, "bad": 1}
    status = LineStatus.objects.get(line=line)
    assert (status.state, status.item, status.host_exchange, status.as_of) == (
        "down",
        "1Gb/s",
        "霞が関",
        later,
    )
