"""Give a claim up: proposed by one person, decided by another."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, Invoice, ReceivableEnd
from billing.services.cure_arrears import cure_arrears
from contracts.moments import japan_date
from contracts.services.pending import pending
from workflow.models import Approval, User
from workflow.services.approve import decide, propose
from workflow.services.perform import perform

WRITE_OFF = "write_off"
"""The action on which a second person decides."""


def propose_write_off(*, invoice: Invoice, by: User, at: datetime, reason: str) -> Approval:
    """A second person is asked whether what is owed on the invoice is given up. ValidationError where nothing is owed."""
    _owed(invoice)
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the claim is given up.")})
    return propose(invoice, WRITE_OFF, by=by, reason=reason, at=at)


def approve_write_off(*, invoice: Invoice, by: User, at: datetime) -> ReceivableEnd:
    """The claim is given up as far as it is unpaid. NotPermitted for the one who proposed it.

    Suspensions and endings that stand only for this debt are lifted or withdrawn.
    """
    on = japan_date(at)
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(pk=invoice.account_id)
        proposal = decide(pending(invoice, WRITE_OFF), by=by, at=at, approved=True)
        invoice.refresh_from_db()
        owed = _owed(invoice)
        perform(invoice, "write_off", by=by, on=on, reason=proposal.reason)
        ended = ReceivableEnd.objects.create(
            invoice=invoice, kind=ReceivableEnd.Kind.WRITTEN_OFF, amount=owed, on=on, by=by
        )
        cure_arrears(account=account, by=by, on=on)
    return ended


def reject_write_off(*, invoice: Invoice, by: User, at: datetime, reason: str) -> Invoice:
    """The claim stands. NotPermitted for the one who proposed it."""
    decide(pending(invoice, WRITE_OFF), by=by, at=at, approved=False, reason=reason)
    return invoice


def _owed(invoice: Invoice) -> int:
    if not invoice.is_open:
        raise ValidationError(_("Nothing is owed on invoice %(invoice)s.") % {"invoice": invoice})
    return invoice.open_amount
