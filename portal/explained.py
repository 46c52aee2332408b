"""Why a line of an invoice is that many yen: the stored lines of its rule in words, the price it started from, the rounding."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, TariffPrice
from portal.templatetags.portal import day
from terms.article import ArticleRef
from terms.registry import pack_for
from terms.result import Line
from terms.texts import describe

_ISO = re.compile(r"\d{4}-\d{2}-\d{2}")
_ROUNDINGS: Mapping[str, str | Promise] = {
    "down": _("Fractions of a yen are dropped."),
    "half_up": _("Fractions of a yen are rounded, half a yen up."),
    "up": _("A fraction of a yen counts as one yen."),
}


@dataclass(frozen=True)
class Step:
    """One step of the calculation in words, with its article and its yen."""

    text: str
    article: str
    amount: int


@dataclass(frozen=True)
class Explained:
    """A charge with everything that leads to its amount. ``price`` is None where no tariff stands behind it."""

    charge: Charge
    last_day: date
    price: TariffPrice | None
    steps: list[Step]
    rounding: str | Promise


def explain(charge: Charge) -> Explained:
    """The explanation of a charge, in the language of the reader."""
    first = charge.period.lower
    rounding = pack_for(charge.terms_code, first, earliest=True).rounding
    return Explained(
        charge=charge,
        last_day=date.fromordinal(charge.period.upper.toordinal() - 1),
        price=_price(charge, first),
        steps=[_step(stored) for stored in charge.explanation],
        rounding=_ROUNDINGS[rounding.credits if charge.amount < 0 else rounding.charges],
    )


def _price(charge: Charge, on: date) -> TariffPrice | None:
    """The version of the price that was in force on the first day charged."""
    if charge.tariff is None:
        return None
    return charge.tariff.prices.filter(valid_from__lte=on).order_by("valid_from").last()


def _step(stored: Mapping[str, Any]) -> Step:
    line = Line(
        text=stored["text"],
        article=ArticleRef.parse(stored["article"]),
        amount=stored.get("amount", 0),
        from_=_moment(stored.get("from")),
        to=_moment(stored.get("to")),
        days=stored.get("days"),
        rate=stored.get("rate"),
    )
    text = describe(line, "ja" if get_language() == "ja" else "en")
    return Step(
        _ISO.sub(lambda found: day(date.fromisoformat(found[0])), text), str(line.article), line.amount
    )


def _moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
