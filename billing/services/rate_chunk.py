"""Rate one chunk of a run."""

from datetime import datetime

from django.db import connection, transaction

from billing.chunks.rate import rate_accounts
from billing.models import BillingRun, RunChunk


def rate_chunk(*, chunk_id: int, at: datetime) -> bool:
    """Rate the accounts of a chunk in one transaction. False where that was done before, or the run was abandoned.

    A worker that dies in the middle leaves nothing behind; whoever gets the chunk next does all of it.
    """
    with transaction.atomic():
        chunk = RunChunk.objects.select_for_update(of=("self",)).select_related("run").get(pk=chunk_id)
        if chunk.done_at is not None or chunk.run.state != BillingRun.State.RATING:
            return False
        with connection.cursor() as cursor:
            # A lost month is rated again; what is lost in a crash of the machine is one chunk.
            cursor.execute("SET LOCAL synchronous_commit = off")
        counts = rate_accounts(chunk.run, chunk.first_account, chunk.last_account)
        chunk.contracts = counts.contracts
        chunk.done_at = at
        chunk.save(update_fields=["contracts", "done_at"])
    # Outside, so that chunks do not wait for each other on the run's row.
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE billing_billingrun SET rated = (SELECT COALESCE(sum(contracts), 0) FROM billing_runchunk"
            " WHERE run_id = %s AND done_at IS NOT NULL) WHERE id = %s AND state = 'rating'",
            [chunk.run_id, chunk.run_id],
        )
    return True
