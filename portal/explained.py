"""Why a line of an invoice is that many yen, as billing explains it, in the words and dates of the reader."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from billing.explain import explain_charge
from billing.models import Charge
from portal.templatetags.portal import day

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROUNDINGS: Mapping[str, str | Promise] = {
    "down": _("Fractions of a yen are dropped."),
    "half_up": _("Fractions of a yen are rounded, half a yen up."),
    "up": _("A fraction of a yen counts as one yen."),
}


def explain(charge: Charge) -> dict[str, Any]:
    """``billing.explain.explain_charge`` with its days and its rounding in words."""
    why = explain_charge(charge, language="ja" if get_language() == "ja" else "en")
    why["steps"] = [{**step, "text": _dated(step["text"])} for step in why["steps"]]
    why["rounding"] = _ROUNDINGS[why["rounding"]]
    why["last_day"] = _dated(why["through"])
    if why["tariff"]:
        why["tariff"]["valid_from"] = _dated(why["tariff"]["valid_from"] or "")
    return why


def _dated(text: str) -> str:
    """A text whose days are written as 2025-06-01, with the days as the reader writes them."""
    return _ISO.sub(lambda found: day(date.fromisoformat(found[0])), text)
