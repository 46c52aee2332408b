"""A run whose chunks are all done waits for a second person."""

from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import BillingRun
from billing.services.hold_odd_invoices import hold_odd_invoices
from contracts.moments import japan_date
from workflow.selectors import clock_user
from workflow.services.approve import propose
from workflow.services.perform import perform

ISSUE = "issue"
"""The action on which a second person decides."""


def review_run(*, run: BillingRun, at: datetime) -> bool:
    """Hold what is odd, put the totals on the run and propose at ``at`` to issue it, in the name of who prepared it.

    False where chunks are left, or another worker got there first.
    """
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        if run.state != BillingRun.State.RATING or run.chunks.filter(done_at__isnull=True).exists():
            return False
        hold_odd_invoices(run)
        totals = run_totals(run)
        perform(
            run,
            "review",
            by=clock_user(),
            on=japan_date(at),
            rated=totals["rated"],
            invoices_count=totals["invoices_count"],
            net=totals["net"],
            tax=totals["tax"],
        )
        propose(
            run,
            ISSUE,
            by=run.prepared_by,
            at=at,
            reason=_("%(invoices)s invoices, %(net)s yen without tax, %(tax)s yen of tax")
            % {"invoices": f"{run.invoices_count:,}", "net": f"{run.net:,}", "tax": f"{run.tax:,}"},
        )
    return True


def run_totals(run: BillingRun) -> dict[str, int]:
    """Rated contracts, invoices, net and tax of a run, added up from its rows."""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT (SELECT COALESCE(sum(contracts), 0) FROM billing_runchunk WHERE run_id = %(run)s),
                   (SELECT count(*) FROM billing_invoice WHERE run_id = %(run)s),
                   COALESCE(sum(tax.net), 0), COALESCE(sum(tax.tax), 0)
              FROM billing_invoicetax tax JOIN billing_invoice invoice ON invoice.id = tax.invoice_id
             WHERE invoice.run_id = %(run)s
            """,
            {"run": run.pk},
        )
        return {
            name: int(value)
            for name, value in zip(("rated", "invoices_count", "net", "tax"), cursor.fetchone(), strict=True)
        }
