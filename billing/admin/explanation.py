"""The stored lines of a calculation, in words."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.translation import gettext as _

from billing.models import Charge
from terms.article import ArticleRef
from terms.result import Line
from terms.texts import describe
from workflow.staff import cells
from workflow.staff.panels import Panel, panel


def line_in_words(entry: Mapping[str, Any]) -> str:
    """One stored line as a sentence in the language of the reader."""
    line = Line(
        text=entry["text"],
        article=ArticleRef.parse(entry["article"]),
        amount=entry.get("amount", 0),
        from_=_day_or_moment(entry.get("from")),
        to=_day_or_moment(entry.get("to")),
        days=entry.get("days"),
        rate=entry.get("rate"),
    )
    return describe(line, "ja" if cells.reads_japanese() else "en")


def explanation_panel(charge: Charge) -> Panel:
    """How a charge came to its yen, step by step."""
    return panel(
        _("How it was computed"),
        charge.explanation,
        [
            (_("step"), line_in_words),
            (_("days"), lambda entry: cells.number(entry.get("days"))),
            (_("rate"), lambda entry: entry.get("rate") or cells.EMPTY),
            (_("amount"), lambda entry: cells.yen(entry.get("amount"))),
            (_("article"), lambda entry: cells.article(entry["article"])),
        ],
        shown=100,
        empty=_("A single amount, without steps."),
    )


def _day_or_moment(text: str | None) -> date | datetime | None:
    if text is None:
        return None
    return datetime.fromisoformat(text) if "T" in text else date.fromisoformat(text)
