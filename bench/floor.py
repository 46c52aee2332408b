"""The least that the rows of a run can take: COPY of the very same rows into the very same tables.

Same keys, indexes and triggers, same chunks, each in one transaction, on as many workers.
"""

from pathlib import Path
from typing import NamedTuple

from django.db import connection, transaction

from bench.database import execute
from billing.chunks.write import COPIES
from billing.models import BillingRun
from config.embedded import paths

# What belongs to a chunk, in the order in which it was written.
_OF_CHUNK = {
    "billing_invoice": "FROM billing_invoice WHERE run_id = {run} AND account_id BETWEEN {first} AND {last} ORDER BY id",
    "billing_invoicetax": (
        "FROM billing_invoicetax WHERE invoice_id IN (SELECT id FROM billing_invoice WHERE run_id = {run}"
        " AND account_id BETWEEN {first} AND {last}) ORDER BY id"
    ),
    "billing_charge": "FROM billing_charge WHERE run_id = {run} AND account_id BETWEEN {first} AND {last} ORDER BY id",
}


class Kept(NamedTuple):
    """The rows of one chunk, as files for COPY."""

    files: tuple[tuple[str, str], ...]


def remember() -> None:
    """What waits before the run, for ``put_back``."""
    execute("CREATE TABLE bench_waiting AS SELECT * FROM billing_charge")


def put_back(run: BillingRun) -> None:
    """As it was before the run was rated: the tables empty but for what waited, nothing dead in them."""
    made = (
        "billing_charge",
        "billing_invoicetax",
        "billing_invoice",
        "billing_parkedcontract",
        "workflow_approval",
    )
    execute(f"TRUNCATE {', '.join(made)} CASCADE")
    execute("INSERT INTO billing_charge OVERRIDING SYSTEM VALUE SELECT * FROM bench_waiting")
    execute("UPDATE billing_runchunk SET done_at = NULL, contracts = 0")
    BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.PREPARED, rated=0)
    execute("VACUUM ANALYZE billing_charge, billing_invoicetax, billing_invoice, billing_runchunk")
    execute("CHECKPOINT")


def dump(run: BillingRun) -> list[Kept]:
    """The rows that the run wrote, chunk by chunk."""
    folder = paths.run_folder() / "rows"
    folder.mkdir(exist_ok=True)
    found = []
    for chunk in run.chunks.all():
        files = []
        for table, columns in COPIES.items():
            which = _OF_CHUNK[table].format(run=run.pk, first=chunk.first_account, last=chunk.last_account)
            path = folder / f"{chunk.pk}.{table}"
            statement = f"COPY (SELECT {columns} {which}) TO STDOUT"
            with connection.cursor() as cursor, path.open("wb") as file, cursor.copy(statement) as copy:
                file.writelines(copy)
            files.append((table, str(path)))
        found.append(Kept(tuple(files)))
    return found


def floor(kept: Kept) -> None:
    """In a process of its own: one chunk, in one transaction."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = off")
        for table, path in kept.files:
            with cursor.copy(f"COPY {table} ({COPIES[table]}) FROM STDIN") as copy:
                copy.write(Path(path).read_bytes())
