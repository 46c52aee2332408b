"""Give back a part or the whole of an issued invoice: a credit note (適格返還請求書)."""

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.credits import credit_taxes, creditable
from billing.issuing import operator_registration_number
from billing.models import (
    BillingAccount,
    Charge,
    CreditNote,
    CreditNoteCounter,
    CreditNoteLine,
    CreditNoteTax,
    Invoice,
)
from billing.services.allocate_credit import allocate_credit
from billing.services.cure_arrears import cure_arrears
from billing.services.release_allocation import release_allocation
from contracts.moments import japan_date
from notices.services.send_notice import send_notice
from terms.calendar import Month
from terms.registry import pack_for, rule_for, statute
from terms.rules.consumption_tax import ConsumptionTax
from terms.rules.return_invoice import ReturnInvoice, ReturnInvoiceFacts, return_invoice
from terms.texts import describe
from workflow.models import User
from workflow.services.perform import perform


def issue_credit_note(
    *,
    invoice: Invoice,
    amounts: Mapping[int, int] | None,
    by: User,
    at: datetime,
    reason: str,
    voids: bool = False,
) -> CreditNote:
    """A credit note over ``amounts`` (charge of the invoice: yen without tax, below 0 for a line that was a credit), or over all
    that is left where it is None.

    What is owed falls by it. Where more was paid than is left to pay, the payments are released, the latest first, and set
    against what else is open; the rest stays on the account. The subscriber is told, unless the law asks for no return
    invoice, and then the note says why. ValidationError for an invoice that is not the operator's to ask for, or an
    amount beyond what is left of its line.
    """
    on = japan_date(at)
    with transaction.atomic():
        account = BillingAccount.objects.select_for_update(of=("self",)).get(pk=invoice.account_id)
        invoice.refresh_from_db(from_queryset=Invoice.objects.select_for_update(of=("self",)))
        lines = check_credit(invoice=invoice, amounts=amounts, reason=reason)
        rule = rule_for(pack_for(invoice.terms_code, on), ConsumptionTax, on=Month.of(invoice.month).last)
        taxes = credit_taxes(invoice, rule, lines)
        total = sum(tax.net + tax.tax for tax in taxes)
        if total <= 0:
            raise ValidationError(_("A credit note gives back 1 yen or more."))
        _make_room(invoice, total, by, at, reason)
        needed = return_invoice(statute(on).rule(ReturnInvoice), ReturnInvoiceFacts(total=total))
        note = CreditNote.objects.create(
            number=_number(at),
            invoice=invoice,
            issued_on=on,
            issued_by=by,
            voids=voids,
            reason=reason.strip(),
            article=str(needed.article),
            recipient=invoice.recipient,
            address=invoice.address,
            registration_number=operator_registration_number(on),
            total=total,
            not_sent="" if needed.needed else describe(needed.lines[0], "ja"),
        )
        CreditNoteLine.objects.bulk_create(
            CreditNoteLine(note=note, charge=charge, amount=amount) for charge, amount in lines.items()
        )
        CreditNoteTax.objects.bulk_create(
            CreditNoteTax(note=note, tax_category=tax.tax_category, rate=tax.rate, net=tax.net, tax=tax.tax)
            for tax in taxes
        )
        invoice.refresh_from_db()
        if voids:
            perform(invoice, "void", by=by, on=on, reason=reason, article=needed.article)
        elif not invoice.open_amount:
            perform(invoice, "settle", by=by, on=on, reason=reason, article=needed.article)
        if needed.needed:
            send_notice(
                occasion="credit_note_issued",
                recipient=account.subscriber,
                about=invoice,
                article=needed.article,
                facts={
                    "credit_note_number": note.number,
                    "invoice_number": invoice.number,
                    "total": total,
                    "reason": note.reason,
                    "charges": [(charge.name, amount) for charge, amount in lines.items()],
                    "registration_number": note.registration_number,
                },
                at=at,
            )
        allocate_credit(account_id=account.pk, by=by, at=at)
        cure_arrears(account=account, by=by, on=on)
    return note


def check_credit(*, invoice: Invoice, amounts: Mapping[int, int] | None, reason: str) -> dict[Charge, int]:
    """The lines and yen without tax of a credit. ValidationError names what cannot be given back."""
    if not reason.strip():
        raise ValidationError({"reason": _("Say why it is given back.")})
    if invoice.state not in (Invoice.State.ISSUED, Invoice.State.SETTLED):
        raise ValidationError(
            _("Invoice %(invoice)s is “%(state)s”; only one that the operator asks for itself is credited.")
            % {"invoice": invoice, "state": invoice.get_state_display()}
        )
    lines = {line.charge.pk: line for line in creditable(invoice)}
    if amounts is None:
        return {line.charge: line.left for line in lines.values()}
    found = {}
    for charge_id, amount in amounts.items():
        line = lines.get(charge_id)
        if line is None or not (0 < amount <= line.left or line.left <= amount < 0):
            raise ValidationError(
                _("Of “%(name)s” %(left)s yen without tax are left to give back.")
                % {
                    "name": line.charge.name if line else charge_id,
                    "left": f"{line.left if line else 0:,}",
                }
            )
        found[line.charge] = amount
    return found


def _make_room(invoice: Invoice, total: int, by: User, at: datetime, reason: str) -> None:
    """Release payments, the latest first, until the invoice is open and owes at least ``total``."""
    allocations = invoice.allocations.filter(release__isnull=True).order_by("-id")
    for allocation in allocations:
        invoice.refresh_from_db()
        if invoice.open_amount >= total:
            break
        release_allocation(allocation=allocation, by=by, on=japan_date(at), reason=reason)
    invoice.refresh_from_db()


def _number(at: datetime) -> str:
    """The next number of the month, without gaps: whoever comes at the same time waits for this transaction."""
    month = Month.of(japan_date(at)).first
    CreditNoteCounter.objects.get_or_create(month=month)
    counter = CreditNoteCounter.objects.select_for_update().get(month=month)
    counter.last += 1
    counter.save()
    return f"R{month:%Y%m}-{counter.last:06d}"
