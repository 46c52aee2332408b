"""Where each service is offered, open to everybody (hikari-line 10, hikari-phone 10, isp-access 49)."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from contracts.models import ServiceArea
from contracts.models.address import PREFECTURES
from terms.pack import Pack
from terms.registry import codes, pack_for


@dataclass(frozen=True)
class Place:
    """A prefecture, and the cities of it in which the service is offered; none means all of it."""

    prefecture: str
    cities: list[str]


def areas(request: HttpRequest) -> HttpResponse:
    """The places of every document under which areas are set, from north to south."""
    shown = [(pack, places) for code in codes() if (places := _places(code)) and (pack := _pack(code))]
    return render(request, "portal/areas.html", {"section": "terms", "shown": shown})


def _pack(code: str) -> Pack:
    return pack_for(code, timezone.localdate(), earliest=True)


def _places(code: str) -> list[Place]:
    found: dict[str, list[str]] = {}
    for area in ServiceArea.objects.filter(terms_code=code).order_by("city"):
        found.setdefault(area.prefecture, []).append(area.city)
    return [Place(name, [] if "" in found[name] else found[name]) for name in PREFECTURES if name in found]
