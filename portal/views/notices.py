"""What was told to the subscriber."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from contracts.models import Subscriber
from notices.selectors import notices_to
from portal.access import subscribers_only
from portal.paging import page_of


@subscribers_only
def notices(request: HttpRequest, subscriber: Subscriber) -> HttpResponse:
    """All notices, the newest first."""
    return render(request, "portal/notices.html", {"section": "notices", "page": page_of(notices_to(subscriber), request)})


@subscribers_only
def notice(request: HttpRequest, subscriber: Subscriber, pk: int) -> HttpResponse:
    """One notice as it was sent."""
    found = get_object_or_404(notices_to(subscriber), pk=pk)
    return render(request, "portal/notice.html", {"section": "notices", "notice": found})
