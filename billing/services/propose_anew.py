"""Propose a run again whose totals changed while it was in review."""

from datetime import datetime

from django.utils.translation import gettext as _

from billing.models import BillingRun
from billing.services.approve_run import waiting_approval
from billing.services.review_run import ISSUE, run_totals
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.approve import decide, propose


def propose_anew(run: BillingRun, by: User, at: datetime) -> None:
    """The totals changed, so what waits for approval states the new ones."""
    totals = run_totals(run)
    BillingRun.objects.filter(pk=run.pk).update(**totals)
    decide(
        waiting_approval(run),
        by=clock_user(),
        at=at,
        approved=False,
        reason=_("Rated again by %(user)s.") % {"user": by},
    )
    propose(
        run,
        ISSUE,
        by=run.prepared_by,
        at=at,
        reason=_("%(invoices)s invoices, %(net)s yen without tax, %(tax)s yen of tax")
        % {
            "invoices": f"{totals['invoices_count']:,}",
            "net": f"{totals['net']:,}",
            "tax": f"{totals['tax']:,}",
        },
    )
