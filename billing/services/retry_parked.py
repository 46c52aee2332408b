"""Rate parked contracts once more, after somebody put right what was wrong."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from billing.chunks.rate import rate_accounts
from billing.chunks.undo import undo_accounts
from billing.models import BillingAccount, BillingRun, HeldInvoice, ParkedContract
from billing.services.hold_odd_invoices import hold_odd_invoices
from billing.services.propose_anew import propose_anew
from workflow.errors import WrongState
from workflow.models import User


def retry_parked(*, run: BillingRun, by: User, at: datetime) -> int:
    """Rate the accounts of the run's parked contracts anew, drafts and all. How many contracts are still parked.

    What a person released of them stays released where the draft comes to the same again.
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
            released = list(_held(run, account).filter(released_at__isnull=False).select_related("invoice"))
            undo_accounts(run, account, account)
            mine = ParkedContract.objects.filter(contract__subscriber__billing_account=account)
            mine.filter(resolved_in=run).update(resolved_in=None)
            mine.filter(run=run).delete()
            rate_accounts(run, account, account)
            hold_odd_invoices(run, account, account)
            for held in released:
                _release_as(held, _held(run, account))
        propose_anew(run, by, at)
    return run.parked.count()


def _held(run: BillingRun, account: int) -> QuerySet[HeldInvoice]:
    return HeldInvoice.objects.filter(invoice__run=run, invoice__account=account)


def _release_as(before: HeldInvoice, held: QuerySet[HeldInvoice]) -> None:
    held.filter(
        invoice__terms_code=before.invoice.terms_code,
        invoice__partner=before.invoice.partner_id,
        kind=before.kind,
        total=before.total,
    ).update(released_by=before.released_by, released_at=before.released_at, reason=before.reason)
