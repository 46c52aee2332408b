"""What the fields of a request are called on every screen, and what their choices mean."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import LineOrigin, Product, SubscriberChange

Text = str | Promise

LABELS: Mapping[str, Text] = {
    "product": _("product"),
    "action": _("What"),
    "on": _("takes effect on"),
    "ends_on": _("last day"),
    "desired_on": _("Wished day"),
    "reason": _("reason"),
    "ground": _("ground"),
    "host_exchange": _("host exchange"),
    "postal_code": _("postal code"),
    "prefecture": _("prefecture"),
    "city": _("city"),
    "town": _("town and number"),
    "building": _("building and room"),
    "terminal_point": _("terminal point"),
    "same_building": _("in the same premises or building"),
    "unusable_from": _("unusable from"),
    "own_convenience": _("at the subscriber’s convenience"),
    "options": _("options"),
    "parent": _("beside contract"),
    "group": _("group number"),
    "consents_to_representative": _("consents to the representative of the group"),
    "cycle_day": _("first day of the tariff month"),
    "transferee": _("Transferee’s subscriber number"),
    "cause": _("cause"),
    "successors": _("successors"),
    "representative": _("representative’s subscriber number"),
    "name": _("name"),
    "name_kana": _("name in kana"),
    "dispatched_on": _("sent on"),
    "provider": _("provider"),
    "give_up_extras": _("options, equipment and type 2 are given up, too"),
    "circuit": _("other circuit"),
    "place": _("place of the connection"),
    "equipment": _("equipment used"),
    "certification": _("certification number"),
    "moved_by": _("moved by"),
    "approval_number": _("approval number"),
    "discounted_since": _("discounted since"),
    "note": _("note"),
}
HELP: Mapping[str, Text] = {
    "postal_code": _("Seven digits."),
    "parent": _("Only for a service that needs another of the contracts, such as a telephone on a line."),
    "group": _("Of a building with a group of lines; the operator or its representative tells it."),
    "unusable_from": _("The day from which the line cannot be used any more at the old place."),
    "certification": _(
        "Of the conformity with the technical standards; without one, it is asked for in writing."
    ),
    "discounted_since": _("For a service of NTT whose first works were discounted: its first day."),
    "provider": _("From which the line comes, or to which it goes."),
    "successors": _("Their subscriber numbers, separated by spaces; the first is dealt with."),
}
CHOICES: Mapping[str, Text] = {
    "add": _("add"),
    "drop": _("give up"),
    "change": _("change"),
    **dict(SubscriberChange.Cause.choices),
    **dict(LineOrigin.Kind.choices),
}


def label_of(key: str) -> Text:
    """What a field is called."""
    return LABELS.get(key) or key.replace("_", " ")


def wishes(details: Mapping[str, Any]) -> Iterator[tuple[Text, Any]]:
    """Label and value of everything that was asked for, in the order of the form. Dates come as dates, products as products."""
    products = {
        product.code: product
        for product in Product.objects.filter(code__in=[details.get("product"), *details.get("options", ())])
    }
    for key in [
        *(name for name in LABELS if name in details),
        *(name for name in details if name not in LABELS),
    ]:
        value = details[key]
        if value in (None, "", [], False):
            continue
        if key in ("product", "options"):
            named = [value] if key == "product" else value
            for code in named:
                yield label_of(key), products.get(code, code)
        else:
            yield label_of(key), _in_words(value)


def _in_words(value: Any) -> Any:
    if isinstance(value, bool):
        return _("yes")
    if isinstance(value, list):
        return "、".join(map(str, value))
    if not isinstance(value, str):
        return value
    try:
        return date.fromisoformat(value) if len(value) == len("2025-01-31") else CHOICES.get(value, value)
    except ValueError:
        return CHOICES.get(value, value)
