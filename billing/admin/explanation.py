"""How a charge came to its yen (billing.explain), on the screen."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.explain import explain_charge, explain_invoice
from billing.models import Charge, Invoice
from terms.texts import Language
from workflow.staff import cells
from workflow.staff.panels import Panel, panel

Told = Mapping[str, Any]

_ROUNDING = {
    "down": gettext_lazy("fractions of a yen are dropped"),
    "up": gettext_lazy("fractions of a yen are rounded up"),
    "half_up": gettext_lazy("fractions of a yen are rounded to the nearest"),
}


def language() -> Language:
    """The language of who looks at the page."""
    return "ja" if cells.reads_japanese() else "en"


def charges_told(invoice: Invoice, charges: Iterable[Charge]) -> dict[int, Told]:
    """The explanation of each line of an invoice, by the charge's key. ``charges`` in the order of the invoice."""
    told = explain_invoice(invoice, language=language())["lines"]
    return {charge.pk: line for charge, line in zip(charges, told, strict=True)}


def folded(told: Told) -> Any:
    """The explanation of one line, behind a word to open it."""
    steps = format_html_join(
        "", "<li>{} {}</li>", ((step["text"], cells.article(step["article"])) for step in told["steps"])
    )
    rest = format_html_join("", "<li>{}</li>", ((text,) for text in _rest(told)))
    return format_html(
        '<details class="staff-why"><summary>{}</summary><ul>{}{}</ul></details>', _("Explain"), steps, rest
    )


def explanation_panels(charge: Charge) -> Iterable[Panel]:
    """The explanation of one charge, in full."""
    told = explain_charge(charge, language=language())
    yield panel(
        _("How it was computed"),
        told["steps"],
        [
            (_("calculation"), lambda step: step["text"]),
            (_("amount"), lambda step: cells.yen(step["amount"])),
            (_("article"), lambda step: cells.article(step["article"])),
        ],
        shown=100,
        empty=_("A single amount, without steps."),
        note=" ".join(f"{text}." for text in _rest(told))
        if not cells.reads_japanese()
        else "。".join([*_rest(told), ""]),
    )
    article = told["article"]
    yield panel(
        _("What it rests on"),
        [article],
        [
            (_("article"), lambda row: cells.article(row["citation"])),
            (_("what it says, in our own words"), lambda row: row["summary"] or cells.EMPTY),
        ],
    )


def _rest(told: Told) -> Iterable[str]:
    """Where the price comes from, and how fractions are treated."""
    tariff = told["tariff"]
    if tariff and tariff["agreed"] is not None:
        yield _("%(name)s: %(price)s yen as agreed with this subscriber") % {
            "name": tariff["name"],
            "price": f"{tariff['agreed']:,}",
        }
    elif tariff and tariff["price"] is not None:
        yield _("%(name)s: %(price)s yen since %(day)s (%(source)s)") % {
            "name": tariff["name"],
            "price": f"{tariff['price']:,}",
            "day": cells.day_text(date.fromisoformat(tariff["valid_from"])),
            "source": tariff["source_label"],
        }
    rounding = _ROUNDING.get(told["rounding"])
    if rounding:
        yield str(rounding)
