"""The first page of the staff side: what every room has for today."""

from importlib import import_module
from itertools import chain
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

# In the order in which the page shows them.
_PARTS = ("workflow.staff", "contracts.admin", "billing.admin", "notices.admin", "lineinfo.admin")


def sections_for(request: HttpRequest) -> dict[str, Any]:
    """The figures and the tables of waiting work that this user may see, and the day in Japan."""
    on = timezone.localdate()
    rooms = [import_module(f"{room}.today") for room in _PARTS]
    return {
        "on": on,
        "figures": list(chain.from_iterable(room.figures(request, on) for room in rooms)),
        "panels": list(chain.from_iterable(room.panels(request, on) for room in rooms)),
    }
