"""An invoice that was issued in error: a credit note answers the whole of it, and another may take its place."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_book
from billing.models import Charge, CreditNote, Invoice, PartnerClaim
from billing.services.close_dispute import close_dispute
from billing.services.issue_alone import issue_alone
from billing.services.issue_credit_note import issue_credit_note
from contracts.moments import japan_date
from workflow.models import User

REISSUED = "reissued"
"""The source of a charge on the invoice in place of a void one names the charge that it repeats."""


def void_invoice(
    *,
    invoice: Invoice,
    by: User,
    at: datetime,
    reason: str,
    reissue: bool = False,
    without: Collection[int] = (),
) -> tuple[CreditNote, Invoice | None]:
    """The credit note that answers all that is left of the invoice, and the invoice in its place, if one is asked for.

    ``without``: charges that are not asked for again. The new invoice bears a number and a due day of its own, the lines
    name those that they repeat. ValidationError as issue_credit_note; nothing of the old invoice is changed or deleted.
    """
    with transaction.atomic():
        note = issue_credit_note(invoice=invoice, amounts=None, by=by, at=at, reason=reason, voids=True)
        for dispute in invoice.disputes.filter(closed_on__isnull=True):
            close_dispute(dispute=dispute, by=by, on=japan_date(at), outcome=reason)
        again = _reissue(invoice, by, at, without) if reissue else None
    return note, again


def _reissue(old: Invoice, by: User, at: datetime, without: Collection[int]) -> Invoice:
    charges = [charge for charge in old.charges.order_by("id") if charge.pk not in without]
    repeated = [charge.pk for charge in charges]
    for charge in charges:
        charge.source, charge.run_id, charge.pk = f"{REISSUED}:{charge.pk}", None, None
        charge._state.adding = True
    new = issue_alone(
        invoice=Invoice(
            account=old.account,
            terms_code=old.terms_code,
            partner=old.partner,
            run=old.run,
            extra_bill=old.extra_bill,
            month=old.month,
        ),
        charges=charges,
        book=load_book(),
        by=by,
        at=at,
    )
    if new is None:
        raise ValidationError(_("Nothing would be left to ask for: void it without issuing it again."))
    for before, charge in zip(repeated, charges, strict=True):
        if charge.kind == Charge.Kind.PARTNER:
            PartnerClaim.objects.filter(charge=before).update(charge=charge)
    return new
