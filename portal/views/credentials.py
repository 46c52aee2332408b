"""The credentials of an API user: issued, rotated, revoked, reported stolen. A secret is shown once, in the answer itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from contracts.models import Subscriber
from lineinfo.models import ApiUser, Credential
from lineinfo.services.issue_credential import Issued, issue_credential
from lineinfo.services.report_theft import report_theft
from lineinfo.services.revoke_credential import revoke_credential
from lineinfo.services.rotate_credential import rotate_credential
from portal import selectors
from portal.access import SignedIn, subscribers_only
from portal.answers import ask
from portal.forms.api_users import ConfirmForm, TheftForm


@require_POST
@subscribers_only
def issue(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """A new credential for an API user; the answer shows its secret, and nothing ever shows it again."""
    found: ApiUser = get_object_or_404(selectors.api_users_of(subscriber), pk=pk)
    form = ConfirmForm(request.POST)
    form.is_valid()
    issued = ask(form, issue_credential, api_user=found, by=request.user, at=timezone.now())
    return _shown_once(request, found, form, issued)


@require_POST
@subscribers_only
def rotate(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """A successor; the old credential works on for a while."""
    found: Credential = get_object_or_404(selectors.credentials_of(subscriber), pk=pk)
    form = ConfirmForm(request.POST)
    form.is_valid()
    issued = ask(form, rotate_credential, credential=found, by=request.user, at=timezone.now())
    return _shown_once(request, found.api_user, form, issued)


@require_POST
@subscribers_only
def revoke(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """Block a credential at once."""
    found: Credential = get_object_or_404(selectors.credentials_of(subscriber), pk=pk)
    form = ConfirmForm(request.POST)
    form.is_valid()
    if ask(form, revoke_credential, credential=found, by=request.user, at=timezone.now()):
        messages.success(request, _("Credential %(prefix)s… is blocked.") % {"prefix": found.prefix})
    else:
        messages.error(request, " ".join(map(str, form.non_field_errors())))
    return redirect("portal:api_user", found.api_user_id)


@subscribers_only
def report(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """Report theft or misuse: the credential is blocked first."""
    found: Credential = get_object_or_404(selectors.credentials_of(subscriber), pk=pk)
    form = TheftForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        happened = form.cleaned_data["happened"]
        if ask(form, report_theft, credential=found, by=request.user, at=timezone.now(), happened=happened):
            messages.success(request, _("Thank you. The credential is blocked, and your report is recorded."))
            return redirect("portal:api_user", found.api_user_id)
    return render(
        request, "portal/credential_report.html", {"section": "api", "credential": found, "form": form}
    )


def _shown_once(
    request: SignedIn, api_user: ApiUser, form: ConfirmForm, issued: Issued[Credential] | None
) -> HttpResponse:
    context = {"section": "api", "api_user": api_user, "form": form, "issued": issued}
    return render(request, "portal/credential_issued.html", context, status=200 if issued else 409)
