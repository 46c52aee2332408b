"""What we know of the subscriber."""

from django.http import HttpResponse
from django.shortcuts import render

from billing.models import BillingAccount
from billing.services.choose_letters import comes_by_post
from contracts.models import Subscriber
from portal.access import SignedIn, subscribers_only


@subscribers_only
def profile(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Name, address, how notices go out and how is paid."""
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    context = {
        "section": "profile",
        "subscriber": subscriber,
        "account": account,
        "by_post": account is not None and comes_by_post(account),
    }
    return render(request, "portal/profile.html", context)
