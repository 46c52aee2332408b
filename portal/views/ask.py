"""The forms by which a subscriber asks for something about a contract."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Contract, Product, Request, Subscriber
from contracts.services.receive_request import receive_request
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import AskingForm, ask
from portal.forms.requests import CancellationForm, DayForm, OptionForm
from portal.relevant import relevant_articles

_TITLES: Mapping[str, str | Promise] = {
    Request.Kind.PAUSE: gettext_lazy("Pause the service"),
    Request.Kind.RESUME: gettext_lazy("Resume the service"),
    Request.Kind.CANCELLATION: gettext_lazy("Cancel before the service starts"),
    Request.Kind.OPTION: gettext_lazy("Add or give up an option"),
}


@subscribers_only
def pause(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """Ask for a pause from a day on."""
    return _ask_from(request, subscriber, number, Request.Kind.PAUSE)


@subscribers_only
def resume(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """Ask to end the pause."""
    return _ask_from(request, subscriber, number, Request.Kind.RESUME)


@subscribers_only
def cancel(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """Give the contract up before the service starts."""
    contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    return _page(
        request,
        contract,
        Request.Kind.CANCELLATION,
        CancellationForm(request.POST if request.method == "POST" else None),
    )


@subscribers_only
def option(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """Add an option, or give one up."""
    contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    form = OptionForm(
        request.POST if request.method == "POST" else None,
        initial={"on": timezone.localdate(), "action": "add"},
        options=selectors.options_of(contract.terms_code),
    )
    return _page(request, contract, Request.Kind.OPTION, form)


def _ask_from(request: SignedIn, subscriber: Subscriber, number: str, kind: Request.Kind) -> HttpResponse:
    contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    form = DayForm(request.POST if request.method == "POST" else None, initial={"on": timezone.localdate()})
    return _page(request, contract, kind, form)


def _page(request: SignedIn, contract: Contract, kind: Request.Kind, form: AskingForm) -> HttpResponse:
    """The form; by POST it is sent, and the answer is the request's own page or what is wrong."""
    if request.method == "POST" and form.is_valid():
        received = ask(
            form,
            receive_request,
            by=request.user,
            at=timezone.now(),
            kind=kind,
            subscriber=contract.subscriber,
            terms_code=contract.terms_code,
            form=Request.Form.WEB,
            details=_plain(form.cleaned_data),
            contract=contract,
        )
        if received:
            messages.success(
                request, _("We have received your request %(number)s.") % {"number": received.number}
            )
            return redirect("portal:request", received.number)
    context = {
        "section": "contracts",
        "contract": contract,
        "title": _TITLES[kind],
        "form": form,
        "articles": relevant_articles(contract, kind, timezone.localdate()),
    }
    return render(request, "portal/ask.html", context)


def _plain(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """The fields as a request keeps them; a product by its code."""
    return {name: value.code if isinstance(value, Product) else value for name, value in cleaned.items()}
