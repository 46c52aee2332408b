"""All steps of a billing month at once, for a demonstration, a test, or a small operator."""

from datetime import date, datetime

from billing.models import BillingRun
from billing.services.approve_run import approve_run
from billing.services.issue_run import issue_run
from billing.services.prepare_run import prepare_run
from billing.services.rate_run import rate_run
from workflow.models import User


def run_month(*, month: date, by: User, approver: User, at: datetime) -> BillingRun:
    """Prepare, rate, approve and issue the run of ``month`` (its first day), in this process.

    Goes on from where an unfinished run of that month stands; one that is issued is returned as it is. Errors as in
    the single steps; NotPermitted where ``approver`` is the one who prepared it.
    """
    run = BillingRun.objects.filter(month=month).exclude(state=BillingRun.State.ABANDONED).first()
    run = run or prepare_run(month=month, by=by, at=at)
    if run.state in (BillingRun.State.PREPARED, BillingRun.State.RATING):
        rate_run(run=run, by=by, at=at, here=True)
    if run.state == BillingRun.State.IN_REVIEW:
        approve_run(run=run, by=approver, at=at)
    if run.state == BillingRun.State.APPROVED:
        issue_run(run=run, by=approver, at=at, here=True)
    return run
