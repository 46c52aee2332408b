"""What the subscriber asked for, and what was answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from contracts.models import Request, Subscriber
from contracts.services.withdraw_request import withdraw_request
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.requests import WithdrawalForm
from portal.paging import page_of
from portal.wishes import wishes
from portal.words import request_words


@subscribers_only
def requests(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """All requests, the newest first."""
    page = page_of(selectors.requests_of(subscriber), request)
    context = {
        "section": "contracts",
        "page": page,
        "requests": [(asked, request_words(asked)) for asked in page],
    }
    return render(request, "portal/requests.html", context)


@subscribers_only
def asked(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """One request with its answer; by POST it is taken back."""
    found: Request = get_object_or_404(selectors.requests_of(subscriber), number=number)
    form = WithdrawalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        if ask(form, withdraw_request, request=found, by=request.user, on=timezone.localdate()):
            messages.success(request, _("The request was taken back."))
            return redirect("portal:request", found.number)
        found.refresh_from_db()
    context = {
        "section": "contracts",
        "asked": found,
        "words": request_words(found),
        "wishes": wishes(found),
        "form": form,
        "withdrawable": can_proceed(found.withdraw),
    }
    return render(request, "portal/request.html", context)
