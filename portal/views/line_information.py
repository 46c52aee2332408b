"""The API on line information: the subscriber's API contracts, and who uses them."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Line, Subscriber
from lineinfo.models import ApiContract, ApiUser
from lineinfo.rights import visible_contracts
from lineinfo.services.change_api_user import change_api_user
from lineinfo.services.delete_api_user import delete_api_user
from lineinfo.services.register_api_user import register_api_user
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.api_users import ApiUserDetailsForm, ApiUserForm, ConfirmForm
from portal.words import api_contract_words, credential_words

_TARGETS = 10


@subscribers_only
def line_information(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """The API contracts with their users."""
    today = timezone.localdate()
    contracts = [
        {
            "contract": contract,
            "words": api_contract_words(contract),
            "targets": (targets := visible_contracts(api_contract=contract, on=today))[:_TARGETS],
            "further": max(0, targets.count() - _TARGETS),
            "subcontractors": contract.subcontractors.filter(ended_on=None),
            "users": contract.api_users.filter(deleted_on=None).prefetch_related("credentials"),
        }
        for contract in selectors.api_contracts_of(subscriber)
    ]
    context = {
        "section": "api",
        "contracts": contracts,
        "documents": selectors.api_documents(today),
        "today": today,
    }
    return render(request, "portal/line_information.html", context)


@subscribers_only
def new_api_user(request: SignedIn, subscriber: Subscriber, api_id: str) -> HttpResponse:
    """Register an API user, with both consents."""
    contract: ApiContract = get_object_or_404(selectors.api_contracts_of(subscriber), api_id=api_id)
    today = timezone.localdate()
    form = ApiUserForm(request.POST if request.method == "POST" else None, **_choices(contract))
    if request.method == "POST" and form.is_valid():
        user = ask(form, register_api_user, contract=contract, by=request.user, on=today, **form.details())
        if user:
            messages.success(request, _("%(user)s is registered.") % {"user": user})
            return redirect("portal:api_user", user.pk)
    return render(
        request, "portal/api_user_form.html", {"section": "api", "contract": contract, "form": form}
    )


@subscribers_only
def api_user(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """One API user with the credentials."""
    found: ApiUser = get_object_or_404(selectors.api_users_of(subscriber), pk=pk)
    now = timezone.now()
    credentials = [(credential, credential_words(credential, now)) for credential in found.credentials.all()]
    context = {"section": "api", "api_user": found, "credentials": credentials}
    return render(request, "portal/api_user.html", context)


@subscribers_only
def change(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """Change what is registered of an API user."""
    found: ApiUser = get_object_or_404(selectors.api_users_of(subscriber), pk=pk)
    known = {
        "name": found.name,
        "organisation": found.organisation,
        "email": found.email,
        "lines": found.lines.all(),
        "subcontractor": found.subcontractor,
        "whole_log": found.whole_log,
    }
    form = ApiUserDetailsForm(
        request.POST if request.method == "POST" else None, initial=known, **_choices(found.api_contract)
    )
    if request.method == "POST" and form.is_valid():
        changed = ask(form, change_api_user, api_user=found, on=timezone.localdate(), **form.details())
        if changed:
            messages.success(request, _("The change is saved."))
            return redirect("portal:api_user", found.pk)
    context = {"section": "api", "contract": found.api_contract, "api_user": found, "form": form}
    return render(request, "portal/api_user_form.html", context)


@subscribers_only
def delete(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """Delete an API user; every credential stops at once."""
    found: ApiUser = get_object_or_404(selectors.api_users_of(subscriber), pk=pk)
    form = ConfirmForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        deleted = ask(form, delete_api_user, api_user=found, by=request.user, at=timezone.now())
        if deleted:
            messages.success(
                request, _("%(user)s is deleted, and all credentials are blocked.") % {"user": found}
            )
            return redirect("portal:line_information")
    return render(request, "portal/api_user_delete.html", {"section": "api", "api_user": found, "form": form})


def _choices(contract: ApiContract) -> dict[str, Any]:
    """What the forms offer: the contract's lines and its subcontractors."""
    visible = visible_contracts(api_contract=contract, on=timezone.localdate())
    return {
        "lines": Line.objects.filter(pk__in=visible.values("line")),
        "subcontractors": contract.subcontractors.filter(ended_on=None),
    }
