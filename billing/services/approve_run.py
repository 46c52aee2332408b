"""A second person agrees that a run is issued."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingRun, HeldInvoice
from billing.services.review_run import ISSUE
from contracts.moments import japan_date
from workflow.errors import WrongState
from workflow.models import Approval, User
from workflow.services.approve import decide
from workflow.services.perform import perform


def approve_run(*, run: BillingRun, by: User, at: datetime) -> BillingRun:
    """The run may be issued. NotPermitted for the one who prepared it.

    WrongState unless it is in review and nothing in it is held any more.
    """
    with transaction.atomic():
        # It was proposed in the name of who prepared it (review_run), so that is whom ``decide`` refuses.
        run.refresh_from_db(from_queryset=BillingRun.objects.select_for_update(of=("self",)))
        proposal = waiting_approval(run)
        held = HeldInvoice.objects.filter(invoice__run=run, released_at=None).count()
        if held:
            raise WrongState(
                _("%(count)s held invoices are not decided on: release them, or leave them out.")
                % {"count": held}
            )
        decide(proposal, by=by, at=at, approved=True)
        perform(run, "approve", by=by, on=japan_date(at))
    return run


def waiting_approval(run: BillingRun) -> Approval:
    """The proposal that waits on a run in review. WrongState where none does."""
    found = Approval.objects.filter(
        subject_type=ContentType.objects.get_for_model(BillingRun),
        subject_id=run.pk,
        action=ISSUE,
        decision=Approval.Decision.PENDING,
    ).first()
    if found is None:
        raise WrongState(_("The run of %(month)s does not wait for approval.") % {"month": run})
    return found
