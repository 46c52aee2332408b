"""What the subscriber agreed to, and taking back what the document lets be taken back."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contracts.consents import clause_behind, consents_of
from contracts.models import Consent, Subscriber
from contracts.services.withdraw_consent import withdraw_consent
from portal.access import SignedIn, subscribers_only
from portal.answers import AskingForm, ask
from portal.paging import page_of


@dataclass(frozen=True)
class Row:
    """One consent as it is shown. ``separate``: it can be taken back."""

    consent: Consent
    label: str
    separate: bool


def _shown(consent: Consent) -> Row:
    clause = clause_behind(consent)
    if clause is None:
        return Row(consent, consent.code, False)
    label = clause.label if get_language() == "ja" else clause.label_en
    return Row(consent, label, clause.separate and consent.withdrawn_at is None)


@subscribers_only
def consents(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """All of them, the latest first; those withdrawn, too."""
    page = page_of(consents_of(subscriber), request)
    context = {"section": "contracts", "page": page, "rows": [_shown(consent) for consent in page]}
    return render(request, "portal/consents.html", context)


@require_POST
@subscribers_only
def withdraw(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """Take one back, from now on."""
    consent: Consent = get_object_or_404(consents_of(subscriber), pk=pk)
    form = AskingForm({})
    form.full_clean()
    if ask(form, withdraw_consent, consent=consent, by=request.user, at=timezone.now()):
        messages.success(request, _("The consent is withdrawn. What was done on it before stays."))
    elif form.refusal:
        messages.error(request, f"{form.refusal.reason} ({form.refusal.article})")
    else:
        messages.error(request, " ".join(str(error) for error in form.non_field_errors()))
    return redirect("portal:consents")
