"""What was told to the subscriber."""

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django_fsm import can_proceed

from contracts.models import Subscriber
from notices.models import Notice
from notices.selectors import notices_to
from notices.services.record_receipt import record_receipt
from portal.access import SignedIn, subscribers_only
from portal.paging import page_of
from workflow.errors import WrongState


@subscribers_only
def notices(request: SignedIn, subscriber: Subscriber) -> HttpResponse:
    """All notices, the newest first."""
    return render(
        request,
        "portal/notices.html",
        {"section": "notices", "page": page_of(notices_to(subscriber), request)},
    )


@subscribers_only
def notice(request: SignedIn, subscriber: Subscriber, pk: int) -> HttpResponse:
    """One notice as it was sent. Opening it is receiving it."""
    found: Notice = get_object_or_404(notices_to(subscriber), pk=pk)
    if can_proceed(found.receive):
        with suppress(WrongState):  # it was opened in another window at the same time
            record_receipt(notice=found, by=request.user, at=timezone.now())
    return render(request, "portal/notice.html", {"section": "notices", "notice": found})
