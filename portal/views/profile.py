"""What we know of the subscriber."""

from django.http import HttpResponse
from django.shortcuts import render

from billing.models import BillingAccount
from contracts.models import Subscriber
from portal.access import SignedIn, subscribers_only


@subscribers_only
def profile(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Name, address, how notices go out and how is paid."""
    account = BillingAccount.objects.filter(subscriber=subscriber).first()
    return render(
        request, "portal/profile.html", {"section": "profile", "subscriber": subscriber, "account": account}
    )
