"""Drop a run before it is issued."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.chunks.undo import undo_accounts
from billing.models import BillingRun, ParkedContract
from billing.services.approve_run import waiting_approval
from contracts.moments import japan_date
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.approve import decide
from workflow.services.perform import perform


def abandon_run(*, run: BillingRun, by: User, at: datetime, reason: str) -> BillingRun:
    """Everything that the run made is gone; charges that waited before it wait again. Its month can be run anew.

    WrongState once it is approved, ValidationError without a reason.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the run is dropped.")})
    with transaction.atomic():
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        in_review = run.state == BillingRun.State.IN_REVIEW
        perform(run, "abandon", by=by, on=japan_date(at), reason=reason)
        if in_review:
            # In the clock's name: also who proposed it may drop the run.
            decide(waiting_approval(run), by=clock_user(), at=at, approved=False, reason=reason)
        undo_accounts(run)
        ParkedContract.objects.filter(resolved_in=run).update(resolved_in=None)
    return run
