"""docs/performance.md: the last figures, how they were taken, and what they mean."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from bench.tables import table

PAGE = Path(__file__).parents[1] / "docs" / "performance.md"

_BILLING = ("contracts", "lines", "invoices", "parked", "seconds", "floor_seconds", "ratio", "peak_worker_mb")
_BESIDE = (
    "contracts",
    "contracts_a_minute",
    "seconds_alone",
    "speedup",
    "python_cpu",
    "postgres_cpu",
    "floor_cpu",
)
_ISSUE = (
    "contracts",
    "invoices",
    "issue_seconds",
    "issued_a_minute",
    "issue_python_cpu",
    "issue_postgres_cpu",
)

_HEAD = """# How fast it is

Written by `make bench` from bench/latest.json. Taken on {date}, on {cpus} processors ({cpu}) with {memory_gb} GB of memory;
Python {python}, Django {django}, psycopg {psycopg}, PostgreSQL {postgresql}; commit {commit}.

`make bench` starts a PostgreSQL of its own with the settings of `make run`, fills a database for each size and drops it.
`make bench ARGS="--sizes 10000 --only billing"` takes less.
"""

_BILLING_TEXT = """
## A billing month

So many contracts under five documents in June 2025 (bench/month.py): a fifth of the subscribers have two, a third of the
contracts an option, half of the subscribers pay by account transfer; beginnings with their handling fees and works, endings
before the term, outages, item changes, relocations, instalments, metered use, late interest that waits. Line information
(`line-info-api`) is free of charge and adds no line. A few contracts cannot be rated and are parked.

`seconds` is from the first row read to the totals in review, on worker processes like those of Celery. `floor_seconds` is COPY
of the very same rows into the same empty tables with the same keys, indexes and triggers, chunk by chunk, on as many workers,
in the same run; `ratio` is the one by the other. `peak_worker_mb` is the most that one worker held in memory.

{billing}

`seconds_alone` is the same on one worker. `…_cpu` are seconds of processor time, which other work on the machine changes less:
of the workers themselves, of PostgreSQL for them, and of both for the floor.

{beside}

## Issuing

The same run: numbers without gaps, due days, recipients, a notice for each invoice written (not sent).

{issue}
"""

_ARREARS_TEXT = """
## A night over the unpaid debts

Of the open invoices six in a hundred are overdue; most of these were reminded of and wait (bench/arrears.py). `sweep_ms` finds
the accounts on which a step may be due, `scan_ms` is a plain sequential scan of the open invoices, `ratio` the one by the
other. `deciding_ms` reads the facts of the candidates and asks the rule.

{arrears}
"""
_PDFS_TEXT = """
## Invoices as PDF

On one core, in seconds of processor time: from the issued rows to the bytes, and bare Typst on the same template with its data
made beforehand. `ratio` is ours as a share of the bare speed.

{pdfs}
"""

_INGEST_TEXT = """
## Measurements coming in

A CSV of so many measurements, as the network delivers them every five minutes, from the received file to the loaded batch
(bench/ingest.py): each row is looked at, its line found, its day counted. Beside it one COPY of prepared rows into the same
empty partition. `ratio` is ours as a share of the bare speed; `…_cpu` are seconds of processor time, `…_worker_mb` is what the
worker holds in memory with Django in it, whatever the size of the file.

{ingest}
"""

_API_TEXT = """
## The API

A line's day, 288 measurements as JSON, out of so many that are stored (bench/api.py): `ours` with credential, limit, rights,
entity tag and log, `bare` a Django view that reads the same rows and returns the same bytes and does nothing else. Both through
all of Django's middleware in one process, turn by turn. `ratio` is ours as a share of the bare speed.

{api}
"""

_PURGE_TEXT = """
## Erasing what outlived its period

One day of so many measurements, through the service of each night (bench/purge.py): checks, drop of the partition, certificate.
`floor_seconds` is what the file system takes to free as many bytes of a bare file, in the same run, which grows with the bytes;
`more_seconds` is what the service takes on top of it. `memory_mb` is by how much the worker grew at most.

{purge}
"""


def write_page(found: Mapping[str, Any]) -> None:
    """Put the figures of bench/latest.json on the page."""
    text = _HEAD.format(**found["machine"])
    if rows := found.get("billing"):
        text += _BILLING_TEXT.format(
            billing=_columns(rows, _BILLING), beside=_columns(rows, _BESIDE), issue=_columns(rows, _ISSUE)
        )
    if rows := found.get("arrears"):
        text += _ARREARS_TEXT.format(arrears=table(rows))
    if rows := found.get("pdfs"):
        text += _PDFS_TEXT.format(pdfs=table(rows))
    if rows := found.get("ingest"):
        text += _INGEST_TEXT.format(ingest=table(rows))
    if rows := found.get("purge"):
        text += _PURGE_TEXT.format(purge=table(rows))
    if rows := found.get("api"):
        text += _API_TEXT.format(api=table(rows))
    PAGE.write_text(text)


def _columns(rows: list[dict[str, Any]], names: tuple[str, ...]) -> str:
    return table([{name: row[name] for name in names} for row in rows])
