"""Start rating a run: its chunks go to the workers, or are done here one after the other."""

from datetime import date, datetime
from functools import partial

from django.db import connection, transaction

from billing.models import BillingRun
from billing.services.rate_chunk import rate_chunk
from billing.services.review_run import review_run
from billing.wake import rate_soon
from contracts.moments import japan_date
from terms.calendar import Month
from workflow.models import User
from workflow.services.perform import perform


def rate_run(*, run: BillingRun, by: User, at: datetime, here: bool = False) -> BillingRun:
    """Rate the run, or what is left of it; it goes into review when its last chunk is done.

    ``here``: in this process, now; otherwise by the workers, after the commit. WrongState unless the run is prepared
    or being rated. Safe to call again after a crash: chunks that are done stay done.
    """
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update())
        if run.state != BillingRun.State.RATING:
            perform(run, "rate", by=by, on=japan_date(at), contracts=_live_contracts(run.month))
        left = list(run.chunks.filter(done_at__isnull=True).values_list("pk", flat=True))
        if not here:
            for chunk in left:
                transaction.on_commit(partial(rate_soon, chunk))
    if here:
        for chunk in left:
            rate_chunk(chunk_id=chunk, at=at)
    if here or not left:
        review_run(run=run, at=at)
    run.refresh_from_db()
    return run


def _live_contracts(month: date) -> int:
    """How many contracts had service in the month."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM contracts_contract WHERE service_start < %s AND (ends_on IS NULL OR ends_on >= %s)",
            [Month.of(month).end, month],
        )
        return int(cursor.fetchone()[0])
