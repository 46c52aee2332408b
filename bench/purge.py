"""How long does it take to erase a day of so many measurements, and of ten times as many? Dropping a partition reads none of them.

Through the same service as each night: period, notice and holds are checked, the partition is dropped, the certificate is written.
Beside it what the file system takes to free as many bytes of a file that is nobody's: nobody erases in less.
"""

import os
import time
from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.db import transaction

from bench.database import database, execute, settle
from bench.ingest import AT, DAY, OF_DAY, SLOTS, fill_lines
from bench.workers import spread, workers
from config.progress import step
from contracts.retention.registry import category
from contracts.services.purge import purge
from contracts.services.set_retention import set_retention
from lineinfo.days import claim_days, table_of
from lineinfo.retention import MEASUREMENTS
from workflow.selectors import clock_user

_KEPT = 30
_LATER = AT + timedelta(days=_KEPT)
_TURNS = 3


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row for the largest size, and one for ten times as many."""
    found = []
    for rows in (max(sizes), 10 * max(sizes)):
        print(f"Purge of {rows:,} measurements", flush=True)
        with database():
            found.append(_one(rows))
    return found


def _one(rows: int) -> dict[str, Any]:
    fill_lines(max(1, rows // SLOTS))
    by = clock_user()
    with transaction.atomic():
        set_retention(
            category=category(MEASUREMENTS), days=_KEPT, starts_on=DAY + timedelta(days=1), by=by,
            at=AT - timedelta(days=1), reason="bench",
        )  # fmt: skip
    turns, floors = [], []
    for _turn in range(_TURNS):
        with step("a day of measurements"):
            stored = _fill()
        with step("erased"), workers(1) as pool:
            files = _files(table_of(DAY))
            size = sum(file.stat().st_size for file in files)
            turns.append(spread(pool, erase, [stored]).results[0])
        with step("a bare file of that size freed"):
            floors.append(_free(files[0].parent / "bench-bare-file", size))
    seconds, grown = min(turns)
    return {
        "rows": stored,
        "megabytes": round(size / 1e6),
        "seconds": round(seconds, 3),
        "floor_seconds": round(min(floors), 3),
        "more_seconds": round(seconds - min(floors), 3),
        "memory_mb": round(grown, 1),
    }


def _fill() -> int:
    with transaction.atomic():
        claim_days([DAY])
    execute(f"""
        INSERT INTO {table_of(DAY)} (line_id, at, seconds, bytes_down, bytes_up, connected_seconds, errors)
        SELECT line.id, at, 300, 1000000 + line.id, 50000 + slot, 300, 0 {OF_DAY}
    """)
    execute(
        f"UPDATE lineinfo_measurementday SET stored = (SELECT count(*) FROM {table_of(DAY)}) WHERE day = %s",
        [DAY],
    )
    settle()
    _cool(_files(table_of(DAY)))
    return int(execute("SELECT stored FROM lineinfo_measurementday WHERE day = %s", [DAY])[0][0])


def _files(table: str) -> list[Path]:
    """The files of a table and its indexes."""
    found = execute(
        "SELECT current_setting('data_directory'), pg_relation_filepath(oid) FROM pg_class WHERE oid = %s::regclass"
        " OR oid IN (SELECT indexrelid FROM pg_index WHERE indrelid = %s::regclass)",
        [table, table],
    )
    return [
        segment for data, file in found for segment in Path(data, file).parent.glob(f"{Path(file).name}*")
    ]


def _cool(files: Sequence[Path]) -> None:
    """Let the system's cache forget the rows: what is erased was written months before."""
    for file in files:
        with file.open("rb") as pages:
            os.posix_fadvise(pages.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def _free(file: Path, size: int) -> float:
    """The seconds in which a cold file of so many bytes is freed."""
    block = os.urandom(1 << 20)
    with file.open("wb") as bare:
        for _ in range(size >> 20):
            bare.write(block)
        bare.flush()
        os.fsync(bare.fileno())
    _cool([file])
    began = time.monotonic()
    file.unlink()
    return time.monotonic() - began


def erase(stored: int) -> tuple[float, float]:
    """In a process of its own: the seconds, and by how many MB its memory grew at most."""
    by = clock_user()
    Path("/proc/self/clear_refs").write_text("5")  # the peak counts from here
    before, began = _memory("VmRSS"), time.monotonic()
    certificates = purge(category=category(MEASUREMENTS), by=by, at=_LATER)
    took = time.monotonic() - began
    assert [certificate.count for certificate in certificates] == [stored]
    return took, _memory("VmHWM") - before


def _memory(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024
