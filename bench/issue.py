"""Issuing the drafts of a run: numbers, due days, recipients, and a notice for each."""

from typing import Any

from django.db import connection, transaction

from bench.database import execute
from bench.month import AT
from bench.workers import spread, workers
from billing.models import BillingRun
from billing.services.approve_run import approve_run
from billing.services.issue_chunk import finish_issuing, issue_chunk
from billing.services.issue_run import issue_run
from config.progress import step
from workflow.models import User


def issue(run: BillingRun, by: User, count: int) -> dict[str, Any]:
    """``run`` is in review. How long its issuing takes on so many workers."""
    approve_run(run=run, by=by, at=AT)
    with transaction.atomic():
        issue_run(run=run, by=by, at=AT, here=False)
        connection.run_on_commit.clear()  # no worker but those below
    execute("CHECKPOINT")
    with step(f"issuing on {count} workers"), workers(count) as pool:
        used = spread(pool, _issue, list(run.chunks.values_list("pk", flat=True)))
    finish_issuing(run=run)
    return {
        "issue_seconds": round(used.seconds, 2),
        "issued_a_minute": round(run.invoices_count / used.seconds * 60),
        "issue_python_cpu": round(used.python, 2),
        "issue_postgres_cpu": round(used.postgres, 2),
    }


def _issue(chunk: int) -> None:
    """In a process of its own."""
    with transaction.atomic():
        issue_chunk(chunk_id=chunk)
        connection.run_on_commit.clear()  # the notices stay queued
