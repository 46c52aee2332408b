"""The contracts of a subscriber, and one of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from billing.models import InstalmentPlan
from billing.selectors import instalments_left
from contracts.models import Contract, Subscriber
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.changes import changes_ahead
from portal.paging import page_of
from portal.possible import possible_requests
from portal.words import change_words, contract_words, request_words
from workflow.selectors import state_changes_of


@subscribers_only
def contracts(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """All contracts, or those that are not over (the default); ``?q=`` looks for some of them."""
    everything, term = request.GET.get("show") == "all", request.GET.get("q", "").strip()
    rows = selectors.matching(selectors.contracts_of(subscriber), term)
    page = page_of(rows if everything else selectors.current(rows), request)
    context = {
        "section": "contracts",
        "page": page,
        "contracts": [(contract, contract_words(contract)) for contract in page],
        "everything": everything,
        "term": term,
    }
    return render(request, "portal/contracts.html", context)


@subscribers_only
def contract(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """One contract with everything that happens to it."""
    found: Contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    today, now = timezone.localdate(), timezone.now()
    asked = selectors.requests_of(subscriber).filter(contract=found)
    context = {
        "section": "contracts",
        "contract": found,
        "words": contract_words(found),
        "today": today,
        "suspension": selectors.suspensions_of(subscriber).filter(contract=found).first(),
        "ending": selectors.ending_of(found),
        "options": found.options.select_related("product", "halt"),
        "instalments": instalments_left(InstalmentPlan.objects.filter(work__contract=found)),
        "agreement": selectors.agreement_on(found, today),
        "next_agreement": selectors.next_agreement(found, today),
        "works": selectors.works_ahead(found),
        "changes": changes_ahead(found, today),
        "interruptions": selectors.interruptions_ahead(found, now),
        "possible": possible_requests(found, today),
        "requests": [(one, request_words(one)) for one in selectors.open_requests(asked)],
        "history": [(change, change_words(change)) for change in state_changes_of(found).order_by("-id")],
    }
    return render(request, "portal/contract.html", context)
