"""Pay an invoice now, by card or at a convenience store; say how to pay from now on."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from billing.collector.client import collector
from billing.models import BillingAccount, CollectorOrder, Invoice, InvoiceChoice
from billing.partner_dues import asking_partner
from billing.selectors import asked_of_bank, invoice_fees
from billing.services.choose_letters import choose_letters, stop_letters
from billing.services.open_account import choose_method, methods_for
from billing.services.open_collector_order import open_collector_order
from contracts.models import Subscriber
from contracts.moments import japan_date
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.paying import MeansForm, SendingForm

_WAYS: dict[str, Promise] = {
    CollectorOrder.Method.CARD: gettext_lazy("Pay by card"),
    CollectorOrder.Method.CONVENIENCE_STORE: gettext_lazy("Pay at a convenience store"),
}


def payable_by(invoice: Invoice) -> list[tuple[str, Promise]]:
    """The ways in which an open invoice can be paid at once; none where the operator has no payment collector, or where the
    bank or a partner was asked for it."""
    if not invoice.is_open or not collector() or asked_of_bank(invoice):
        return []
    partner = asking_partner(invoice)
    return [] if partner and partner.amount >= invoice.open_amount else list(_WAYS.items())


@require_POST
@subscribers_only
def pay(request: SignedIn, subscriber: Subscriber, number: str, method: str) -> HttpResponse:
    """Order the payment, then show where it is made."""
    invoice: Invoice = get_object_or_404(selectors.payable_invoices(subscriber), number=number)
    company = collector()
    if company is None:
        return redirect("portal:invoice", number)
    try:
        order = open_collector_order(
            invoice=invoice,
            method=method,
            collector=company,
            return_url=lambda order: request.build_absolute_uri(_page_of(order)),
            by=request.user,
            at=timezone.now(),
        )
    except ValidationError as error:
        context = {
            "section": "invoices",
            "invoice": invoice,
            "own": invoice.account.subscriber_id == subscriber.pk,
            "problem": error.messages[0],
        }
        return render(request, "portal/collector_order.html", context, status=409)
    return redirect(_page_of(order))


@subscribers_only
def order(request: SignedIn, subscriber: Subscriber, number: str, pk: int) -> HttpResponse:
    """One order: where to pay it, or what became of it."""
    invoice: Invoice = get_object_or_404(selectors.payable_invoices(subscriber), number=number)
    found: CollectorOrder = get_object_or_404(CollectorOrder, invoice=invoice, pk=pk)
    context = {
        "section": "invoices",
        "invoice": invoice,
        "own": invoice.account.subscriber_id == subscriber.pk,
        "order": found,
    }
    return render(request, "portal/collector_order.html", context)


@subscribers_only
def means(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Choose how invoices are paid from now on."""
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    form = MeansForm(request.POST or None, account=account)
    if request.method == "POST" and form.is_valid():
        changed = ask(
            form, choose_method, subscriber=subscriber, method=form.cleaned_data["method"], by=request.user
        )
        if changed:
            messages.success(
                request, _("From now on you pay by %(method)s.") % {"method": changed.get_method_display()}
            )
            return redirect("portal:profile")
    transfers = BillingAccount.Method.ACCOUNT_TRANSFER in methods_for(account)
    fees = (
        invoice_fees(account, InvoiceChoice.Kind.TRANSFER, on=japan_date(timezone.now()))
        if account and transfers
        else []
    )
    return render(request, "portal/means.html", {"section": "profile", "form": form, "fees": fees})


@subscribers_only
def sending(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Choose whether invoices come by e-mail or by post, where each may bear a fee."""
    account: BillingAccount = get_object_or_404(BillingAccount, subscriber=subscriber)
    form = SendingForm(request.POST or None, account=account)
    on = japan_date(timezone.now())
    if request.method == "POST" and form.is_valid():
        service = choose_letters if form.cleaned_data["way"] == "post" else stop_letters
        if form["way"].initial == form.cleaned_data["way"] or ask(
            form, service, account=account, by=request.user, on=on
        ):
            messages.success(request, _("Your wish is recorded."))
            return redirect("portal:profile")
    context = {
        "section": "profile",
        "form": form,
        "fees": invoice_fees(account, InvoiceChoice.Kind.LETTER, on=on),
    }
    return render(request, "portal/sending.html", context)


def _page_of(order: CollectorOrder) -> str:
    return reverse("portal:collector_order", args=[order.invoice.number, order.pk])
