"""Issue an approved run: set numbers aside without gaps, then issue its chunks."""

from datetime import datetime
from functools import partial

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.issuing import due_days, operator_registration_number
from billing.models import BillingRun, Invoice, InvoiceCounter
from billing.services.issue_chunk import finish_issuing, issue_chunk
from billing.wake import issue_soon
from contracts.moments import japan_date
from workflow.errors import WrongState
from workflow.models import User


def issue_run(*, run: BillingRun, by: User, at: datetime, here: bool | None = None) -> BillingRun:
    """Issue every draft of the run as of ``at``, chunk by chunk, each in a transaction of its own.

    ``here``: in this process, now; otherwise by the workers, after the commit. Left out, a run of one chunk is issued
    here and a larger one by the workers. Safe to call again after a crash: what is issued stays issued, under the
    numbers, the day and the name of the first call.
    WrongState unless the run is approved; ValidationError where a due-date policy or a valid registration number is
    missing, and then nothing is issued.
    """
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        if run.state != BillingRun.State.APPROVED:
            raise WrongState(
                _("The run of %(month)s is “%(state)s”; only an approved run is issued.")
                % {"month": run, "state": run.get_state_display()}
            )
        if run.issued_at is None:
            _check(run, at)
            _set_numbers_aside(run)
            run.issued_at, run.issued_by = at, by
            run.save(update_fields=["issued_at", "issued_by"])
        left = list(run.chunks.filter(issued_at__isnull=True).values_list("pk", flat=True))
        here = run.chunks.count() <= 1 if here is None else here
        if not here:
            for chunk in left:
                transaction.on_commit(partial(issue_soon, chunk))
    if here:
        for chunk in left:
            issue_chunk(chunk_id=chunk)
    if here or not left:
        finish_issuing(run=run)
    run.refresh_from_db()
    return run


def _check(run: BillingRun, at: datetime) -> None:
    """ValidationError for what would stop a chunk in the middle."""
    on = japan_date(at)
    operator_registration_number(on)
    due_days(run.invoices.filter(state=Invoice.State.DRAFT), month=run.month, on=on)
    if run.chunks.filter(done_at__isnull=True).exists():
        raise ValidationError(_("A part of the run is not rated."))


def _set_numbers_aside(run: BillingRun) -> None:
    """A block of numbers for each chunk, in order, as many as it has drafts."""
    InvoiceCounter.objects.get_or_create(month=run.month)
    counter = InvoiceCounter.objects.select_for_update().get(month=run.month)
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH counted AS (
                SELECT chunk.id, chunk.first_account,
                       (SELECT count(*) FROM billing_invoice invoice
                         WHERE invoice.run_id = chunk.run_id AND invoice.state = 'draft'
                           AND invoice.account_id BETWEEN chunk.first_account AND chunk.last_account) AS drafts
                  FROM billing_runchunk chunk WHERE chunk.run_id = %(run)s
            ), placed AS (
                SELECT id, drafts, sum(drafts) OVER (ORDER BY first_account) - drafts AS before FROM counted
            ), marked AS (
                UPDATE billing_runchunk chunk SET first_number = %(last)s + placed.before + 1
                  FROM placed WHERE placed.id = chunk.id
            )
            SELECT COALESCE(sum(drafts), 0) FROM placed
            """,
            {"run": run.pk, "last": counter.last},
        )
        counter.last += int(cursor.fetchone()[0])
    counter.save()
