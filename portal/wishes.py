"""What a request asked for, in words: the keys of its ``details`` that a subscriber knows."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Product, Request
from portal.templatetags.portal import day, named

_LABELS: Mapping[str, str | Promise] = {
    "product": _("Product"),
    "action": _("What is wished"),
    "on": _("From what day"),
    "ends_on": _("Last day"),
    "desired_on": _("Wished for"),
    "prefecture": _("Prefecture"),
    "city": _("City"),
    "town": _("Town and number"),
    "building": _("Building and room"),
    "reason": _("Reason given"),
    "note": _("Remarks"),
}
_DAYS = ("on", "ends_on", "desired_on")
_ACTIONS: Mapping[str, str | Promise] = {"add": _("add it"), "drop": _("give it up")}


def wishes(request: Request) -> Iterator[tuple[str | Promise, str | Promise]]:
    """Label and value of everything that was asked for."""
    for key, label in _LABELS.items():
        value = request.details.get(key)
        if value not in (None, ""):
            yield label, _shown(key, value)


def _shown(key: str, value: Any) -> str | Promise:
    if key in _DAYS:
        return day(date.fromisoformat(value))
    if key == "action":
        return _ACTIONS.get(value, value)
    if key == "product":
        product = Product.objects.filter(code=value).first()
        return named(product) if product else str(value)
    return str(value)
