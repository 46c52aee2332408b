"""What the subscriber asked for, and what was answered."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django_fsm import can_proceed

from contracts.models import Evidence, Request, Subscriber, Work
from contracts.papers import download, missing_papers, paper_name, takes_papers, terms_of
from contracts.papers import title_of as title_of_paper
from contracts.services.receive_evidence import receive_evidence
from contracts.services.withdraw_request import withdraw_request
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.requests import PaperForm, WithdrawalForm
from portal.paging import page_of
from portal.possible import title_of
from portal.progress import progress
from portal.wishes import asked_for
from portal.words import request_words
from workflow.models import User


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
    """One request with its answer. By POST it is taken back, or with ``step=paper`` a paper is added."""
    found: Request = get_object_or_404(selectors.requests_of(subscriber), number=number)
    adding = request.method == "POST" and request.POST.get("step") == "paper"
    taking_back = request.method == "POST" and not adding
    terms = terms_of(found)
    paper = PaperForm(
        request.POST if adding else None,
        request.FILES if adding else None,
        papers=terms.evidence if terms else (),
    )
    form = WithdrawalForm(request.POST if taking_back else None)
    if adding and paper.is_valid() and _add(found, paper, by=request.user):
        messages.success(request, _("We have received the paper."))
        return redirect("portal:request", found.number)
    if taking_back and form.is_valid():
        if ask(form, withdraw_request, request=found, by=request.user, on=timezone.localdate()):
            messages.success(request, _("The request was taken back."))
            return redirect("portal:request", found.number)
        found.refresh_from_db()
    context = {
        "section": "contracts",
        "asked": found,
        "title": title_of(found.kind),
        "words": request_words(found),
        "wishes": asked_for(found.details),
        "stages": progress(found),
        "works": found.works.exclude(state=Work.State.CANCELLED).order_by("planned_at"),
        "papers": [(title_of_paper(one, terms), one) for one in found.evidence.defer("content")],
        "missing": [(paper_name(one), one) for one in missing_papers(found)],
        "paper": paper if takes_papers(found) else None,
        "form": form,
        "withdrawable": can_proceed(found.withdraw),
        "today": timezone.localdate(),
    }
    return render(request, "portal/request.html", context)


@subscribers_only
def paper(request: SignedIn, subscriber: Subscriber, number: str, pk: int) -> HttpResponse:
    """The copy of a paper, for whoever sent the request."""
    found: Request = get_object_or_404(selectors.requests_of(subscriber), number=number)
    return download(get_object_or_404(found.evidence.exclude(content=None), pk=pk))


def _add(request: Request, form: PaperForm, *, by: User) -> Evidence | None:
    file = form.cleaned_data["file"]
    return ask(
        form,
        receive_evidence,
        request=request,
        by=by,
        on=timezone.localdate(),
        code=form.cleaned_data["code"],
        title=form.cleaned_data["title"],
        file_name=file.name,
        content=file.read(),
    )
