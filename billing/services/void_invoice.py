"""An invoice that was issued in error: a credit note answers the whole of it, and another may take its place."""

from collections.abc import Collection
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.chunks.book import load_book
from billing.falling_due import falls_due
from billing.issuing import due_days, operator_registration_number
from billing.models import Charge, CreditNote, Invoice, InvoiceCounter, InvoiceTax, PartnerClaim
from billing.rating.invoices import Share, invoices_of
from billing.services.allocate_credit import allocate_credit
from billing.services.close_dispute import close_dispute
from billing.services.issue_credit_note import issue_credit_note
from billing.services.tell_of_invoices import tell_of_invoices
from contracts.moments import japan_date
from terms.calendar import Month
from workflow.models import User


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
    on = japan_date(at)
    charges = [charge for charge in old.charges.order_by("id") if charge.pk not in without]
    shares = [
        Share(old.terms_code, old.partner_id, charge.tax_category, charge.tax_rate, charge.amount)
        for charge in charges
    ]
    drafts = invoices_of(load_book(), Month.of(old.month).last, shares)
    if not drafts:
        raise ValidationError(_("Nothing would be left to ask for: void it without issuing it again."))
    subscriber = old.account.subscriber
    new = Invoice.objects.create(
        account=old.account,
        terms_code=old.terms_code,
        partner=old.partner,
        run=old.run,
        month=old.month,
        recipient=subscriber.name,
        address=subscriber.full_address,
        registration_number=operator_registration_number(on),
        total=drafts[0].total,
    )
    repeated = [charge.pk for charge in charges]
    for charge in charges:
        charge.source, charge.run_id, charge.invoice = f"reissued:{charge.pk}", None, new
        charge.pk = None
        charge._state.adding = True
    Charge.objects.bulk_create(charges)
    for before, charge in zip(repeated, charges, strict=True):
        if charge.kind == Charge.Kind.PARTNER:
            PartnerClaim.objects.filter(charge=before).update(charge=charge)
    InvoiceTax.objects.bulk_create(
        InvoiceTax(invoice=new, tax_category=tax.tax_category, rate=tax.rate, net=tax.net, tax=tax.tax)
        for tax in drafts[0].taxes
    )
    new.issued_on = on
    new.due_on = due_days(Invoice.objects.filter(pk=new.pk), month=old.month, on=on)[old.terms_code]
    due = falls_due(new)
    counter = InvoiceCounter.objects.select_for_update().get(month=old.month)
    counter.last += 1
    counter.save()
    # As issue_chunk does it: the run's own change of state says that its invoices were issued.
    Invoice.objects.filter(pk=new.pk).update(
        state=Invoice.State.ISSUED, number=f"{old.month:%Y%m}-{counter.last:06d}", issued_on=on, due_on=due
    )
    new = Invoice.objects.select_related("account__subscriber", "partner").get(pk=new.pk)
    tell_of_invoices(invoices=[new], at=at)
    allocate_credit(account_id=new.account_id, by=by, at=at)
    new.refresh_from_db()
    return new
