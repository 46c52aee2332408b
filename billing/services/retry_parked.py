"""Rate parked contracts once more, after somebody put right what was wrong."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from billing.chunks.rate import rate_accounts
from billing.chunks.undo import undo_accounts
from billing.models import BillingAccount, BillingRun, ParkedContract
from billing.services.approve_run import waiting_approval
from billing.services.review_run import ISSUE, run_totals
from workflow.errors import WrongState
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.approve import decide, propose


def retry_parked(*, run: BillingRun, by: User, at: datetime) -> int:
    """Rate the accounts of the run's parked contracts anew, drafts and all. How many contracts are still parked.

    WrongState unless the run is in review; afterwards the next run takes the missing month up by itself.
    """
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        if run.state != BillingRun.State.IN_REVIEW:
            raise WrongState(_("Only a run in review is rated again; the next run takes up what is missing."))
        accounts = BillingAccount.objects.filter(
            Q(subscriber__contracts__parkedcontract__run=run)
            | Q(subscriber__contracts_given__contract__parkedcontract__run=run)
        ).distinct()
        for account in accounts.order_by("pk").values_list("pk", flat=True):
            undo_accounts(run, account, account)
            mine = ParkedContract.objects.filter(contract__subscriber__billing_account=account)
            mine.filter(resolved_in=run).update(resolved_in=None)
            mine.filter(run=run).delete()
            rate_accounts(run, account, account)
        _propose_anew(run, by, at)
    return run.parked.count()


def _propose_anew(run: BillingRun, by: User, at: datetime) -> None:
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
        reason=_("%(invoices)s invoices, %(net)s yen without tax, %(tax)s yen of tax")
        % {
            "invoices": f"{totals['invoices_count']:,}",
            "net": f"{totals['net']:,}",
            "tax": f"{totals['tax']:,}",
        },
    )
