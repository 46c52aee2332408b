"""A person decides on a held draft: it goes out as it is, or stays out of this run."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.chunks.undo import undo_accounts
from billing.models import BillingRun, Charge, HeldInvoice, ParkedContract
from billing.services.propose_anew import propose_anew
from workflow.errors import WrongState
from workflow.models import User


def release_held(*, held: HeldInvoice, by: User, at: datetime, reason: str) -> HeldInvoice:
    """The draft is right. ValidationError without a reason; WrongState unless its run is in review and nobody decided."""
    with transaction.atomic():
        _check(held, reason)
        held.released_by, held.released_at, held.reason = by, at, reason
        held.save(update_fields=["released_by", "released_at", "reason"])
    return held


def leave_out(*, held: HeldInvoice, by: User, at: datetime, reason: str) -> list[ParkedContract]:
    """The draft is wrong: the account has no invoice in this run, and the next run rates its contracts for this month, too.

    Its contracts are parked with the reason. Errors as in ``release_held``.
    """
    with transaction.atomic():
        run = _check(held, reason)
        account = held.invoice.account
        contracts = (
            Charge.objects.filter(run=run, account=account, contract__isnull=False)
            .order_by("contract_id")
            .values_list("contract_id", flat=True)
            .distinct()
        )
        parked = [ParkedContract(run=run, contract_id=contract, reason=reason) for contract in contracts]
        undo_accounts(run, account.pk, account.pk)
        ParkedContract.objects.filter(contract__subscriber__billing_account=account, resolved_in=run).update(
            resolved_in=None
        )
        ParkedContract.objects.bulk_create(parked, ignore_conflicts=True)
        propose_anew(run, by, at)
    return parked


def _check(held: HeldInvoice, reason: str) -> BillingRun:
    if not reason.strip():
        raise ValidationError({"reason": _("Say why.")})
    assert held.invoice.run_id is not None, "only drafts of runs are held"
    run = BillingRun.objects.select_for_update().get(pk=held.invoice.run_id)
    held.refresh_from_db()
    if run.state != BillingRun.State.IN_REVIEW or held.released_at is not None:
        raise WrongState(_("This is decided already."))
    return run
