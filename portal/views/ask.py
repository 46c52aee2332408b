"""Asking for something: fill in, see what it costs and from when, send."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from contracts.addresses import fill_address
from contracts.kinds import KINDS
from contracts.models import Contract, Request, Subscriber
from contracts.request_fields import Asker
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.asking import Wish, place_warning
from portal.forms.requests import LastWordForm, RequestForm, with_fees
from portal.letters import letter_title
from portal.possible import title_of
from portal.relevant import relevant_articles
from portal.templatetags.portal import weekday
from portal.wishes import asked_for


@subscribers_only
def about_contract(request: SignedIn, subscriber: Subscriber, number: str, kind: str) -> HttpResponse:
    """Something about one contract."""
    contract: Contract = get_object_or_404(selectors.contracts_of(subscriber), number=number)
    if kind not in KINDS or KINDS[kind].new:
        raise Http404
    return _steps(request, Wish(kind, subscriber, contract.terms_code, contract, timezone.localdate()))


@subscribers_only
def offers(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """Under which document to apply for a new contract."""
    today = timezone.localdate()
    context = {"section": "contracts", "offers": selectors.offers(today), "today": today}
    return render(request, "portal/offers.html", context)


@subscribers_only
def application(request: SignedIn, subscriber: Subscriber, code: str) -> HttpResponse:
    """A new contract under one document."""
    today = timezone.localdate()
    if code not in {offer.pack.code for offer in selectors.offers(today)}:
        raise Http404
    return _steps(request, Wish(Request.Kind.NEW, subscriber, code, None, today))


def _steps(request: SignedIn, wish: Wish) -> HttpResponse:
    """GET: the form. POST with ``step``: "address" looks the postal code up, "change" goes back to the form, "preview"
    shows what would come of it, "letter" prints it, "send" sends it. Only the last changes anything."""
    step = request.POST.get("step", "preview") if request.method == "POST" else ""
    form = _form(request, wish, step)
    if form.is_bound and form.is_valid():
        return _weigh(request, replace(wish, details=form.details()), form, step)
    return _page(request, "portal/ask.html", wish, form=form)


def _weigh(request: SignedIn, wish: Wish, form: RequestForm, step: str) -> HttpResponse:
    now, details = timezone.now(), wish.details or {}
    if step == "letter":
        return _letter(request, wish, details)
    last = LastWordForm(
        request.POST if step == "send" else None,
        request.FILES if step == "send" else None,
        papers=wish.papers,
        sure=_sure(wish),
    )
    if last.is_bound and last.is_valid():
        sent = wish.send(form, last, by=request.user, at=now)
        if sent:
            messages.success(
                request, _("We have received your request %(number)s.") % {"number": sent.number}
            )
            return redirect("portal:request", sent.number)
    preview = None if form.errors or form.refusal else wish.preview(form, by=request.user, at=now)
    if preview is None:
        return _page(request, "portal/ask.html", wish, form=form)
    return _page(
        request,
        "portal/ask_weigh.html",
        wish,
        form=form,
        last=last,
        preview=preview,
        wishes=list(asked_for(details)),
        warning=place_warning(details),
    )


def _form(request: SignedIn, wish: Wish, step: str) -> RequestForm:
    """Bound where it is to be judged; while it is still filled in, it begins with what was typed so far."""
    asker = Asker(
        kind=wish.kind,
        terms_code=wish.terms_code,
        subscriber=wish.subscriber,
        contract=wish.contract,
        on=wish.on,
        named=with_fees(wish.terms_code, wish.on),
    )
    hints: dict[str, Any] = {}
    first: dict[str, Any] = {}
    if wish.earliest_end:
        hints["ends_on"] = _("Told today, the contract can end on %(day)s at the earliest.") % {
            "day": weekday(wish.earliest_end)
        }
        first["ends_on"] = wish.earliest_end
    form = RequestForm(request.POST if step else None, asker=asker, hints=hints, initial=first)
    if step not in ("address", "change"):
        return form
    typed = form.as_typed()
    if step == "address":
        place = fill_address(typed.get("postal_code") or "")
        if place:
            typed |= {"prefecture": place.prefecture, "city": place.city, "town": place.town}
    again = RequestForm(asker=asker, hints=hints, initial=typed)
    again.no_such_place = step == "address" and place is None
    return again


def _sure(wish: Wish) -> str:
    """What must be confirmed of what cannot be taken back, and of a new contract."""
    if wish.asked.new:
        return _("I have read the terms of service of this product and agree to them.")
    if wish.asked.one_sided:
        return _(
            "I have read what it costs, and mean it. It takes effect at once and cannot be taken back here."
        )
    return ""


def _letter(request: SignedIn, wish: Wish, details: Mapping[str, Any]) -> HttpResponse:
    """The request on paper, filled in, to be signed; in Japanese whatever the reader's language."""
    with translation.override("ja"):
        filled = [(label, value) for label, value in asked_for(details)]
    return _page(
        request,
        "portal/letter.html",
        wish,
        filled=filled,
        letter_title=letter_title(wish.kind),
        subscriber=wish.subscriber,
    )


def _page(request: SignedIn, template: str, wish: Wish, **context: Any) -> HttpResponse:
    return render(
        request,
        template,
        {
            "section": "contracts",
            "title": title_of(wish.kind),
            "wish": wish,
            "contract": wish.contract,
            "articles": relevant_articles(wish.terms_code, wish.kind, wish.on),
            "today": wish.on,
            **context,
        },
    )
