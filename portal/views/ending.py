"""Ending a contract: first what it means, then the declaration."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.models import Contract, Request, Subscriber
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.ending_preview import earliest_last_day, preview_ending, send_ending, written_ending
from portal.forms.ending import EndingForm, LastDayForm
from portal.relevant import relevant_articles


@subscribers_only
def ending(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """``?ends_on=`` shows what an ending on that day costs; a POST declares it."""
    contract: Contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    now, today = timezone.now(), timezone.localdate()
    earliest = earliest_last_day(contract, today)
    wished = LastDayForm(request.POST or request.GET or None, initial={"ends_on": earliest})
    preview = form = None
    if wished.is_valid():
        ends_on = wished.cleaned_data["ends_on"]
        form = EndingForm(request.POST if request.method == "POST" else None, initial={"ends_on": ends_on})
        if request.method == "POST" and form.is_valid():
            reason = form.cleaned_data["reason"]
            sent = send_ending(form, contract, by=request.user, at=now, ends_on=ends_on, reason=reason)
            if sent:
                said = _("The contract ends on the day you chose. Your request is %(number)s.")
                messages.success(request, said % {"number": sent.number})
                return redirect("portal:contract", contract.number)
            contract.refresh_from_db()
        else:
            preview = preview_ending(wished, contract, by=request.user, at=now, ends_on=ends_on)
    context = {
        "section": "contracts",
        "contract": contract,
        "earliest": earliest,
        "wished": wished,
        "preview": preview,
        "form": form,
        "articles": relevant_articles(contract, Request.Kind.ENDING, today),
        "written": written_ending(contract, today),
        "today": today,
    }
    return render(request, "portal/ending.html", context)


@subscribers_only
def letter(request: SignedIn, subscriber: Subscriber, number: str) -> HttpResponse:
    """The declaration on paper, to be signed: for documents that ask for it in writing. ``?ends_on=`` fills in the day."""
    contract: Contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    wished = LastDayForm(request.GET)
    context = {
        "section": "contracts",
        "contract": contract,
        "subscriber": subscriber,
        "ends_on": wished.cleaned_data["ends_on"] if wished.is_valid() else None,
    }
    return render(request, "portal/ending_letter.html", context)
