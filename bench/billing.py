"""A billing month from the first row read to the last draft invoice, beside the bare COPY of the same rows."""

from collections.abc import Sequence
from typing import Any

from bench.database import database, execute
from bench.floor import dump, floor, put_back, remember
from bench.issue import issue
from bench.month import AT, MONTH, fill
from bench.workers import Used, spread, workers
from billing.models import BillingRun
from billing.services.prepare_run import prepare_run
from billing.services.rate_chunk import rate_chunk
from billing.services.rate_run import rate_run
from config.progress import step
from workflow.models import User


def measure(sizes: Sequence[int], *, workers: int) -> list[dict[str, Any]]:
    """One row for each number of contracts."""
    found = []
    for contracts in sizes:
        print(f"Billing {contracts:,} contracts", flush=True)
        with database():
            found.append(_one(contracts, workers))
    return found


def _one(contracts: int, count: int) -> dict[str, Any]:
    with step("made-up operator"):
        fill(contracts)
        preparer, approver = (
            User.objects.create(username=name, is_staff=True) for name in ("preparer", "approver")
        )
        run = prepare_run(month=MONTH, by=preparer, at=AT)
        remember()
    alone = _rated(run, preparer, 1)
    with step("its rows, kept"):
        chunks = dump(run)
    put_back(run)
    with step(f"the same rows by COPY on {count} workers"), workers(count) as pool:
        bare = spread(pool, floor, chunks)
    put_back(run)
    used = _rated(run, preparer, count)
    lines, parked = execute(
        "SELECT (SELECT count(*) FROM billing_charge WHERE run_id = %s), (SELECT count(*) FROM billing_parkedcontract)",
        [run.pk],
    )[0]
    row = {
        "contracts": run.rated,
        "lines": lines,
        "invoices": run.invoices_count,
        "parked": parked,
        "seconds": round(used.seconds, 2),
        "floor_seconds": round(bare.seconds, 2),
        "ratio": round(used.seconds / bare.seconds, 2),
        "peak_worker_mb": round(used.peak_mb),
        "contracts_a_minute": round(run.rated / used.seconds * 60),
        "python_cpu": round(used.python, 2),
        "postgres_cpu": round(used.postgres, 2),
        "floor_cpu": round(bare.python + bare.postgres, 2),
        "seconds_alone": round(alone.seconds, 2),
        "speedup": round(alone.seconds / used.seconds, 2),
    }
    return row | issue(run, approver, count)


def _rated(run: BillingRun, by: User, count: int) -> Used:
    """The run as the workers rate it, up to its totals in review."""
    chunks = list(run.chunks.values_list("pk", flat=True))
    execute("CHECKPOINT")
    with step(f"rating on {count} workers"), workers(count) as pool:
        BillingRun.objects.filter(pk=run.pk).update(state=BillingRun.State.RATING)
        used = spread(pool, _rate, chunks)
        rate_run(run=run, by=by, at=AT, here=True)
    return used


def _rate(chunk: int) -> None:
    """In a process of its own."""
    rate_chunk(chunk_id=chunk, at=AT)
