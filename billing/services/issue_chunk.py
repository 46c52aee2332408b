"""Issue the invoices of one chunk: numbers, due days, recipients, notices."""

from collections.abc import Iterable
from datetime import date
from functools import partial

from django.db import connection, transaction

from billing.issuing import due_days, operator_registration_number
from billing.models import BillingRun, Invoice, Payment, RunChunk
from billing.services.allocate_credit import allocate_credit
from billing.services.hand_over_claim import hand_over_issued
from billing.services.tell_of_invoices import tell_of_invoices
from billing.wake import papers_soon
from contracts.moments import japan_date
from workflow.models import StateChange, User
from workflow.services.perform import perform


def issue_chunk(*, chunk_id: int) -> bool:
    """Issue the drafts of a chunk in one transaction, as its run says. False where that was done before.

    Where all debts fell due at once (billing.falling_due), what was still to be asked for is due on the day of issue.
    A claim that a billing operator collects is assigned at once, an invoice of 0 yen settled; what an account has as
    credit is set against the others.
    """
    with transaction.atomic():
        chunk = (
            RunChunk.objects.select_for_update(of=("self",)).select_related("run__issued_by").get(pk=chunk_id)
        )
        run = chunk.run
        if chunk.issued_at is not None or run.issued_at is None or run.issued_by is None:
            return False
        on = japan_date(run.issued_at)
        issued = _number(chunk, on)
        invoices = list(
            Invoice.objects.filter(pk__in=issued)
            .select_related("account__subscriber", "partner")
            .order_by("number")
        )
        _record_assigned_and_settled(invoices, run.issued_by, on)
        hand_over_issued(
            invoices=[invoice for invoice in invoices if invoice.state == Invoice.State.ASSIGNED],
            by=run.issued_by,
            on=on,
            at=run.issued_at,
        )
        tell_of_invoices(
            invoices=[invoice for invoice in invoices if invoice.state == Invoice.State.ISSUED],
            at=run.issued_at,
        )
        for account_id in _with_credit(chunk):
            allocate_credit(account_id=account_id, by=run.issued_by, at=run.issued_at)
        chunk.issued_at = run.issued_at
        chunk.save(update_fields=["issued_at"])
        transaction.on_commit(partial(papers_soon, chunk.pk))
    return True


def finish_issuing(*, run: BillingRun) -> bool:
    """The run is issued once its last chunk is. False where chunks are left, or another worker got there first."""
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        if run.state != BillingRun.State.APPROVED or run.issued_at is None or run.issued_by is None:
            return False
        if run.chunks.filter(issued_at__isnull=True).exists():
            return False
        perform(run, "issue", by=run.issued_by, on=japan_date(run.issued_at))
    return True


def _number(chunk: RunChunk, on: date) -> list[int]:
    """Make the drafts of the chunk invoices, numbered one after the other; their IDs."""
    accounts = (chunk.first_account, chunk.last_account)
    drafts = Invoice.objects.filter(account__id__range=accounts, run=chunk.run, state=Invoice.State.DRAFT)
    due = due_days(drafts, month=chunk.run.month, on=on)
    with connection.cursor() as cursor:
        cursor.execute(
            _ISSUE,
            {
                "run": chunk.run_id,
                "first": chunk.first_account,
                "last": chunk.last_account,
                "on": on,
                "prefix": f"{chunk.run.month:%Y%m}-",
                "number": chunk.first_number,
                "registration": operator_registration_number(on),
                "codes": list(due),
                "days": list(due.values()),
            },
        )
        return [row[0] for row in cursor.fetchall()]


_ISSUE = """
WITH numbered AS (
    SELECT id, row_number() OVER (ORDER BY account_id, terms_code, partner_id NULLS FIRST) AS place
      FROM billing_invoice
     WHERE run_id = %(run)s AND state = 'draft' AND account_id BETWEEN %(first)s AND %(last)s
)
UPDATE billing_invoice invoice
   SET state = CASE WHEN invoice.total = 0 THEN 'settled' WHEN invoice.partner_id IS NOT NULL THEN 'assigned'
                    ELSE 'issued' END,
       number = %(prefix)s || to_char(%(number)s + numbered.place - 1, 'FM000000'),
       issued_on = %(on)s,
       due_on = CASE WHEN EXISTS (SELECT FROM contracts_acceleration acceleration
                                   WHERE acceleration.subscriber_id = subscriber.id AND acceleration.withdrawn_on IS NULL
                                     AND acceleration.terms_code = invoice.terms_code
                                     AND acceleration.accelerated_on >= invoice.month)
                     THEN %(on)s ELSE due.day END,
       recipient = subscriber.name,
       address = concat_ws(' ', '〒' || left(subscriber.postal_code, 3) || '-' || substr(subscriber.postal_code, 4),
                           subscriber.prefecture || subscriber.city || subscriber.town, NULLIF(subscriber.building, '')),
       registration_number = %(registration)s
  FROM numbered, billing_billingaccount account, contracts_subscriber subscriber,
       unnest(%(codes)s::text[], %(days)s::date[]) AS due (code, day)
 WHERE invoice.id = numbered.id AND account.id = invoice.account_id AND subscriber.id = account.subscriber_id
   AND due.code = invoice.terms_code
RETURNING invoice.id
"""


def _record_assigned_and_settled(invoices: Iterable[Invoice], by: User, on: date) -> None:
    """The state changes of what did not stay issued; that the others were issued, the run's own change says."""
    transitions = {Invoice.State.ASSIGNED: "assign", Invoice.State.SETTLED: "settle"}
    StateChange.objects.bulk_create(
        StateChange(
            subject=invoice,
            transition=transitions[state],
            source=Invoice.State.ISSUED,
            target=state,
            on=on,
            by=by,
        )
        for invoice in invoices
        if (state := Invoice.State(invoice.state)) in transitions
    )


def _with_credit(chunk: RunChunk) -> list[int]:
    """The accounts of the chunk that paid more than was set against anything."""
    payments = Payment.objects.unused().filter(account__id__range=(chunk.first_account, chunk.last_account))
    return list(payments.order_by("account_id").values_list("account_id", flat=True).distinct())
