"""The application for a new contract."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Request, Subscriber
from contracts.selectors import live_contracts
from contracts.services.receive_request import receive_request
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.new_contract import NewContractForm


@subscribers_only
def new_contract(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Choose among what can be applied for on the web; what the documents want in writing is named with its article."""
    today = timezone.localdate()
    here, in_writing = selectors.offers(today)
    form = NewContractForm(
        request.POST if request.method == "POST" else None,
        initial={
            name: getattr(subscriber, name)
            for name in ("postal_code", "prefecture", "city", "town", "building")
        },
        offers=here,
        contracts=live_contracts(subscriber).select_related("product"),
    )
    if request.method == "POST" and form.is_valid():
        product = form.products[form.cleaned_data["product"]]
        received = ask(
            form,
            receive_request,
            by=request.user,
            at=timezone.now(),
            kind=Request.Kind.NEW,
            subscriber=subscriber,
            terms_code=product.terms_code,
            form=Request.Form.WEB,
            details=form.details(),
        )
        if received:
            messages.success(
                request, _("We have received your request %(number)s.") % {"number": received.number}
            )
            return redirect("portal:request", received.number)
    context = {"section": "contracts", "form": form, "in_writing": in_writing, "today": today}
    return render(request, "portal/new_contract.html", context)
