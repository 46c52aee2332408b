"""Issue one invoice outside a run: numbered, told, and paid by what the account has as credit."""

from collections.abc import Sequence
from datetime import datetime

from billing.falling_due import falls_due
from billing.issuing import due_days, operator_registration_number
from billing.models import Charge, Invoice, InvoiceCounter, InvoiceTax
from billing.rating.invoices import Draft, Share, invoices_of
from billing.rating.rulebook import RuleBook
from billing.services.allocate_credit import allocate_credit
from billing.services.tell_of_invoices import tell_of_invoices
from contracts.moments import japan_date
from terms.calendar import Month
from workflow.models import User


def issue_alone(
    *, invoice: Invoice, charges: Sequence[Charge], book: RuleBook, by: User, at: datetime
) -> Invoice | None:
    """``invoice``, not saved yet, over ``charges``, not saved either; in the caller's transaction. ``book``: as it stands now.

    It says whose it is, under which document and for which month. None where the charges leave nothing to ask for, and then
    nothing is saved. ValidationError where a due-date policy or a valid registration number is missing.
    """
    on, month = japan_date(at), Month.of(invoice.month)
    draft = draft_of(invoice, charges, book)
    if draft is None:
        return None
    subscriber = invoice.account.subscriber
    invoice.recipient, invoice.address = subscriber.name, subscriber.full_address
    invoice.registration_number = operator_registration_number(on)
    invoice.total = draft.total
    invoice.save()
    for charge in charges:
        charge.invoice = invoice
    Charge.objects.bulk_create(charges)
    InvoiceTax.objects.bulk_create(
        InvoiceTax(invoice=invoice, tax_category=tax.tax_category, rate=tax.rate, net=tax.net, tax=tax.tax)
        for tax in draft.taxes
    )
    invoice.issued_on = on
    invoice.due_on = due_days(Invoice.objects.filter(pk=invoice.pk), month=month.first, on=on)[
        invoice.terms_code
    ]
    due = falls_due(invoice)
    InvoiceCounter.objects.get_or_create(month=month.first)
    counter = InvoiceCounter.objects.select_for_update().get(month=month.first)
    counter.last += 1
    counter.save()
    # As issue_chunk does it: the change of state of what it was made for says that it was issued.
    Invoice.objects.filter(pk=invoice.pk).update(
        state=Invoice.State.ISSUED, number=f"{month.first:%Y%m}-{counter.last:06d}", issued_on=on, due_on=due
    )
    issued = Invoice.objects.select_related("account__subscriber", "partner").get(pk=invoice.pk)
    tell_of_invoices(invoices=[issued], at=at)
    allocate_credit(account_id=issued.account_id, by=by, at=at)
    issued.refresh_from_db()
    return issued


def draft_of(invoice: Invoice, charges: Sequence[Charge], book: RuleBook) -> Draft | None:
    """Its taxes and its total in yen, over these charges; None where they leave nothing to ask for. Neither has to be saved."""
    drafts = invoices_of(
        book,
        Month.of(invoice.month).last,
        [
            Share(invoice.terms_code, invoice.partner_id, charge.tax_category, charge.tax_rate, charge.amount)
            for charge in charges
        ],
    )
    return drafts[0] if drafts else None
