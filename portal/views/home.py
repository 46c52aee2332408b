"""What a customer sees first: what is to be paid, how the contracts stand, what is new."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contracts.models import Subscriber
from notices.selectors import notices_to
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.words import contract_words, invoice_words, request_words

_CONTRACTS, _INVOICES, _NOTICES, _REQUESTS = 8, 3, 5, 5


@subscribers_only
def home(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Money, contracts, requests, notices: the newest of each."""
    today = timezone.localdate()
    contracts = selectors.current(selectors.contracts_of(subscriber))
    invoices = selectors.unpaid_invoices(subscriber)[:_INVOICES]
    requests = selectors.open_requests(selectors.requests_of(subscriber))[:_REQUESTS]
    context = {
        "section": "home",
        "subscriber": subscriber,
        "today": today,
        "suspensions": selectors.suspensions_of(subscriber)[:_CONTRACTS],
        "owed": selectors.owed_by(subscriber, today),
        "invoices": [(invoice, invoice_words(invoice, today)) for invoice in invoices],
        "contracts": [(contract, contract_words(contract)) for contract in contracts[:_CONTRACTS]],
        "contracts_count": contracts.count(),
        "requests": [(asked, request_words(asked)) for asked in requests],
        "notices": notices_to(subscriber)[:_NOTICES],
    }
    return render(request, "portal/home.html", context)
