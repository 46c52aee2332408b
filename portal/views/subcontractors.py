"""The subcontractors whose staff use the API, and the log of what was asked."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contracts.models import Subscriber
from lineinfo.models import ApiContract, Subcontractor
from lineinfo.selectors import calls_of
from lineinfo.services.end_subcontractor import end_subcontractor
from lineinfo.services.register_subcontractor import register_subcontractor
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.api_users import ConfirmForm, SubcontractorForm

_CALLS = 50


@subscribers_only
def new_subcontractor(request: SignedIn, subscriber: Subscriber, api_id: str) -> HttpResponse:
    """Register a subcontractor with the duties that bind it."""
    contract: ApiContract = get_object_or_404(selectors.api_contracts_of(subscriber), api_id=api_id)
    form = SubcontractorForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        found = ask(
            form,
            register_subcontractor,
            contract=contract,
            by=request.user,
            on=timezone.localdate(),
            **form.cleaned_data,
        )
        if found:
            messages.success(request, _("%(name)s is registered.") % {"name": found})
            return redirect("portal:line_information")
    return render(
        request, "portal/subcontractor_form.html", {"section": "api", "contract": contract, "form": form}
    )


@require_POST
@subscribers_only
def end(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """It works for the subscriber no more; its API users go with it."""
    owned = Subcontractor.objects.filter(api_contract__subscriber=subscriber)
    found: Subcontractor = get_object_or_404(owned, pk=pk)
    form = ConfirmForm(request.POST)
    form.is_valid()
    count = ask(form, end_subcontractor, subcontractor=found, by=request.user, at=timezone.now(), reason="")
    if count is None:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    else:
        messages.success(
            request, _("%(name)s has ended; its API users and their credentials are gone.") % {"name": found}
        )
    return redirect("portal:line_information")


@subscribers_only
def calls(request: SignedIn, subscriber: Subscriber, api_id: str) -> HttpResponse:
    """The log of all calls under an API contract, the latest first; ``?before=`` an entry for earlier ones."""
    contract: ApiContract = get_object_or_404(selectors.api_contracts_of(subscriber), api_id=api_id)
    rows = calls_of(contract)
    if "before" in request.GET:
        if not request.GET["before"].isdecimal():
            raise Http404
        rows = rows.filter(pk__lt=min(int(request.GET["before"]), 2**63 - 1))
    found = list(rows[: _CALLS + 1])
    shown = found[:_CALLS]
    before = shown[-1].pk if len(found) > len(shown) else None
    context = {"section": "api", "contract": contract, "calls": shown, "before": before}
    return render(request, "portal/api_calls.html", context)
