"""How many measurements a second go in, beside the bare COPY of the very same rows into the very same partitioned table?

Ours: from the file in the spool to the batch that is loaded, with every row looked at. Bare: one COPY of prepared rows with the
keys of the lines, and nothing around it. Each begins with an empty partition, on a worker of its own; the two take turns.
"""

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from django.db import connection, transaction

from bench.database import database, execute, insert
from bench.workers import Used, spread, workers
from config.embedded import paths
from config.progress import step
from contracts.models import Line
from contracts.moments import start_of
from lineinfo.days import claim_days, table_of
from lineinfo.loading.formats import MEASUREMENT_COLUMNS
from lineinfo.loading.write import COLUMNS
from lineinfo.models import LineBatch
from lineinfo.services.load_batch import load_batch
from lineinfo.services.receive_batch import receive_batch
from workflow.selectors import clock_user

DAY = date(2025, 10, 1)
AT = start_of(DAY + timedelta(days=1))
SLOTS = 288
"""Of a day, five minutes each."""

OF_DAY = f"""
        FROM contracts_line line
        CROSS JOIN generate_series(0, {SLOTS - 1}) slot
        CROSS JOIN LATERAL (SELECT timestamptz '{DAY} 00:00+09' + slot * interval '5 minutes') t (at)
"""
_TURNS = 3


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row for each number of measurements."""
    found = []
    for rows in sizes:
        print(f"Ingest of {rows:,} measurements", flush=True)
        with database():
            found.append(_one(rows))
    return found


def _one(rows: int) -> dict[str, Any]:
    folder = paths.run_folder()
    file, prepared = folder / "delivered.csv", folder / "prepared.csv"
    with step("a day of the network"):
        fill_lines(max(1, rows // SLOTS))
        count = _write(file, ", ".join(MEASUREMENT_COLUMNS), _of_a_day("line.number", ""))
        _write(prepared, ", ".join(COLUMNS), _of_a_day("line.id", ", false AS late"), heading=False)
    ours, bare = [], []
    for _turn in range(_TURNS):
        with step("COPY"):
            bare.append(_measured(bare_copy, prepared))
        with step("ours"):
            ours.append(_measured(load, file))
    best, floor = min(ours, key=_seconds), min(bare, key=_seconds)
    return {
        "rows": count,
        "rows_a_second": round(count / best.seconds),
        "bare_a_second": round(count / floor.seconds),
        "ratio": round(floor.seconds / best.seconds, 2),
        "python_cpu": round(best.python, 2),
        "postgres_cpu": round(best.postgres, 2),
        "bare_cpu": round(floor.python + floor.postgres, 2),
        "peak_worker_mb": round(best.peak_mb),
        "bare_worker_mb": round(floor.peak_mb),
    }


def fill_lines(count: int) -> None:
    """So many lines."""
    insert(
        Line,
        f"FROM generate_series(1, {count}) n",
        id="n",
        number="'L' || to_char(n, 'FM00000000')",
        terms_code="'hikari-line'",
        postal_code="'1000001'",
        prefecture="'東京都'",
        city="'千代田区'",
        town="'千代田1-1'",
    )


def _of_a_day(line: str, further: str) -> str:
    """As the network writes them: every five minutes all lines."""
    return f"""
        SELECT {line}, to_char(at AT TIME ZONE 'Asia/Tokyo', 'YYYY-MM-DD"T"HH24:MI:SS') || '+09:00'{further}, 300,
               1000000 + (line.id * 7919 + slot * 104729) % 900000000, 50000 + (line.id * 31 + slot * 17) % 9000000, 300,
               (line.id + slot) % 3, round(-15 - (line.id + slot) % 900 / 100.0, 2)
        {OF_DAY}
        ORDER BY slot, line.id
    """


def _write(path: Path, columns: str, select: str, *, heading: bool = True) -> int:
    with connection.cursor() as cursor, path.open("wb") as file:
        if heading:
            file.write(columns.replace(" ", "").encode() + b"\n")
        with cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv)") as copy:
            file.writelines(copy)
        return int(cursor.rowcount)


def _measured(work: Callable[[str], None], path: Path) -> Used:
    execute("TRUNCATE lineinfo_measurement, lineinfo_linebatch CASCADE")
    with transaction.atomic():
        claim_days([DAY])
    execute("UPDATE lineinfo_measurementday SET stored = 0")
    execute(f"VACUUM ANALYZE {table_of(DAY)}")
    execute("CHECKPOINT")
    with workers(1) as pool:
        return spread(pool, work, [str(path)])


def _seconds(used: Used) -> float:
    return used.seconds


def bare_copy(path: str) -> None:
    """In a process of its own."""
    with (
        connection.cursor() as cursor,
        Path(path).open("rb") as file,
        cursor.copy(f"COPY lineinfo_measurement ({', '.join(COLUMNS)}) FROM STDIN (FORMAT csv)") as copy,
    ):
        while part := file.read(4 * 1024 * 1024):
            copy.write(part)


def load(path: str) -> None:
    """In a process of its own."""
    by = clock_user()
    with Path(path).open("rb") as file, transaction.atomic():
        batch = receive_batch(
            content=file, name="day.csv", source=LineBatch.Source.COMMAND, by=by, at=AT
        ).batch
        connection.run_on_commit.clear()  # nobody else loads it
    load_batch(batch=batch, by=by, at=AT)
    assert batch.state == LineBatch.State.LOADED, batch.failure
    assert not batch.bad + batch.unknown_lines + batch.beyond_retention
