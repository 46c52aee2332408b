"""Finding anything from any staff page: each room says what it finds."""

from importlib import import_module
from itertools import chain

from django.contrib.admin import AdminSite
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from workflow.staff.find import Found
from workflow.staff.person import person

_ROOMS = ("contracts", "billing", "lineinfo")
LONGEST = 100


def find(site: AdminSite, request: HttpRequest) -> HttpResponse:
    """What ``?q=`` finds; its page at once where it is the only thing."""
    term = request.GET.get("q", "").replace("\0", "").strip()[:LONGEST]
    results: list[Found] = []
    if term:
        rooms = [import_module(f"{room}.admin.find") for room in _ROOMS]
        results = list(chain.from_iterable(room.find(person(request), term) for room in rooms))
    if len(results) == 1 and results[0].only:
        return HttpResponseRedirect(results[0].only)
    context = {
        **site.each_context(request),
        "title": _("Find"),
        "find_term": term,
        "panels": [result.panel for result in results],
    }
    request.current_app = site.name
    return TemplateResponse(request, "admin/staff/find.html", context)
