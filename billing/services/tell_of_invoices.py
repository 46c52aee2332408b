"""Tell subscribers that their invoices were issued."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.db.models.expressions import RawSQL

from billing.models import BillingAccount, Charge, Invoice, InvoiceChoice, InvoiceTax
from contracts.moments import japan_date
from notices.models import Notice
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef
from terms.registry import pack_for
from terms.rules.periodic_charge import PeriodicCharge


def tell_of_invoices(*, invoices: Sequence[Invoice], at: datetime) -> None:
    """A notice for each issued invoice, with its number, total, due day, tax by rate and lines; sent after the commit."""
    # As one value: a chunk has thousands of them.
    ids = RawSQL("SELECT unnest(%s::bigint[])", [[invoice.pk for invoice in invoices]])
    taxes: dict[int, list[InvoiceTax]] = {}
    for tax in InvoiceTax.objects.filter(invoice__in=ids).order_by("invoice_id", "-rate"):
        taxes.setdefault(tax.invoice_id, []).append(tax)
    lines: dict[int, list[tuple[str, int]]] = {}
    charges = Charge.objects.filter(invoice__in=ids).order_by("invoice_id", "id")
    for invoice_id, name, amount in charges.values_list("invoice_id", "name", "amount"):
        lines.setdefault(invoice_id, []).append((name, amount))
    articles = {code: _article(code, at) for code in {invoice.terms_code for invoice in invoices}}
    by_post = set(_by_post(ids))
    send_notices(
        write_notice(
            occasion="invoice_issued",
            recipient=invoice.account.subscriber,
            about=invoice,
            article=articles[invoice.terms_code],
            facts=_facts(invoice, lines.get(invoice.pk, []), taxes.get(invoice.pk, [])),
            at=at,
            channel=Notice.Channel.LETTER if invoice.pk in by_post else None,
        )
        for invoice in invoices
    )


def _by_post(ids: RawSQL) -> QuerySet[Invoice, int]:
    """Those that come as letters at the subscriber's choice, for which they may bear a fee."""
    choices = InvoiceChoice.objects.filter(
        Q(until__isnull=True) | Q(until__gt=OuterRef("month")),
        account=OuterRef("account"),
        kind=InvoiceChoice.Kind.LETTER,
        since__lte=OuterRef("month"),
    )
    found = Invoice.objects.filter(Exists(choices), pk__in=ids)
    return found.values_list("pk", flat=True)


def _facts(invoice: Invoice, charges: list[tuple[str, int]], taxes: list[InvoiceTax]) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "invoice_number": invoice.number,
        "month": invoice.month,
        "total": invoice.total,
        "due_on": invoice.due_on,
        "method": BillingAccount.Method(invoice.account.method),
        "charges": charges,
        "registration_number": invoice.registration_number,
    }
    taxed = [(_rate(tax), tax.tax) for tax in taxes if tax.rate]
    return facts | ({"taxes": taxed} if taxed else {})


def _article(terms_code: str, at: datetime) -> ArticleRef:
    """The article that makes the charges payable."""
    return pack_for(terms_code, japan_date(at)).rule(PeriodicCharge).article


def _rate(tax: InvoiceTax) -> str:
    return f"消費税（{(tax.rate * 100).normalize():f}%対象 {tax.net:,}円）"
