"""Invoices, what explains them, and what was paid."""

from collections.abc import Iterable
from itertools import groupby

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import get_language

from billing.explain import explain_invoice
from billing.falling_due import acceleration_of
from billing.lumps import lumps_of, running_lumps
from billing.models import Charge, CreditNote, Invoice, PaymentPromise
from billing.partner_dues import asking_partner
from billing.pdf.credit_note import credit_note_pdf
from billing.selectors import asked_of_bank
from billing.services.make_papers import paper_of
from contracts.models import Subscriber
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.explained import explain
from portal.paging import page_of
from portal.views.paying import payable_by
from portal.words import invoice_words
from terms.calendar import DAY

_LINES = 200


@subscribers_only
def invoices(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """What is owed, and every invoice."""
    today = timezone.localdate()
    page = page_of(selectors.invoices_of(subscriber), request)
    context = {
        "section": "invoices",
        "owed": selectors.owed_by(subscriber, today),
        "passed": [(debt, payable_by(debt)) for debt in selectors.passed_debts(subscriber)],
        "lumps": running_lumps(subscriber),
        "page": page,
        "invoices": [(invoice, invoice_words(invoice, today)) for invoice in page],
    }
    return render(request, "portal/invoices.html", context)


@subscribers_only
def invoice(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """One invoice, line by line."""
    found: Invoice = get_object_or_404(selectors.invoices_of(subscriber), number=number)
    page = page_of(selectors.lines_of(found), request, rows=_LINES)
    context = {
        "section": "invoices",
        "invoice": found,
        "words": invoice_words(found, timezone.localdate()),
        "page": page,
        "groups": _by_contract(page),
        "taxes": found.taxes.all(),
        "dispute": found.disputes.filter(closed_on=None).first(),
        "promise": _promise(found),
        "acceleration": acceleration_of(found),
        "ways": payable_by(found),
        "asked_of_bank": asked_of_bank(found) if found.is_open else None,
        "asked_of_partner": asking_partner(found) if found.is_open else None,
        "lump": lumps_of([found]).get(found.pk),
        "credit_notes": found.credit_notes.order_by("issued_on", "id"),
        "allocations": found.allocations.select_related("payment").order_by("allocated_on", "id"),
    }
    return render(request, "portal/invoice.html", context)


@subscribers_only
def invoice_paper(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """The invoice as PDF."""
    found: Invoice = get_object_or_404(selectors.invoices_of(subscriber), number=number)
    answer = HttpResponse(paper_of(invoice=found, at=timezone.now()), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


@subscribers_only
def credit_note_paper(request: SignedIn, subscriber: Subscriber, number: str, note: str) -> HttpResponse:
    """What was given back of the invoice, as PDF."""
    invoices = selectors.invoices_of(subscriber).filter(number=number)
    found: CreditNote = get_object_or_404(CreditNote, number=note, invoice__in=invoices)
    answer = HttpResponse(credit_note_pdf(found), content_type="application/pdf")
    answer["Content-Disposition"] = f'inline; filename="{found.number}.pdf"'
    return answer


@subscribers_only
def invoice_explained(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """Every line of the invoice with its price, its calculation, its tax and its article, as JSON."""
    found: Invoice = get_object_or_404(selectors.invoices_of(subscriber), number=number)
    return JsonResponse(
        explain_invoice(found, language="ja" if get_language() == "ja" else "en"),
        json_dumps_params={"ensure_ascii": False, "indent": 1},
    )


def _promise(found: Invoice) -> PaymentPromise | None:
    """What was agreed about paying later, while it stands or after it was broken."""
    return found.promises.order_by("-pay_by").first() if found.is_open else None


def _by_contract(lines: Iterable[Charge]) -> list[dict[str, object]]:
    """The lines in the order in which they come, those of one contract together."""
    return [
        {
            "contract": contract,
            "lines": [{"charge": line, "last_day": line.period.upper - DAY} for line in group],
        }
        for contract, group in groupby(lines, key=lambda line: line.contract)
    ]


@subscribers_only
def invoice_line(request: SignedIn, subscriber: Subscriber, number: str, pk: int) -> HttpResponse:
    """Why a line of an invoice is that many yen: a part of the page for htmx, a page of its own without it."""
    found: Invoice = get_object_or_404(selectors.invoices_of(subscriber), number=number)
    line: Charge = get_object_or_404(found.charges.select_related("contract", "tariff"), pk=pk)
    template = "portal/parts/why.html" if request.headers.get("HX-Request") else "portal/invoice_line.html"
    context = {"section": "invoices", "invoice": found, "line": line, "why": explain(line)}
    return render(request, template, context)


@subscribers_only
def payments(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """What was paid, and against which invoices it was set."""
    page = page_of(selectors.payments_of(subscriber), request)
    return render(request, "portal/payments.html", {"section": "invoices", "page": page})
