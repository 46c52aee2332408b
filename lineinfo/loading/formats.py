"""How a delivery is written: CSV with a heading, or one JSON object a line. Its first line tells."""

import csv
import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from lineinfo.loading.aside import Problem
from lineinfo.loading.blocks import Unreadable
from lineinfo.loading.values import VALUES
from lineinfo.models import LineBatch

MEASUREMENT_COLUMNS = ("line", *VALUES)
STATUS_COLUMNS = ("line", "state", "item", "host_exchange", "as_of")
_KINDS = {
    LineBatch.Kind.MEASUREMENTS: (MEASUREMENT_COLUMNS, {"line", "at", "bytes_down"}),
    LineBatch.Kind.STATUSES: (STATUS_COLUMNS, {"line", "state", "as_of"}),
}


@dataclass(frozen=True, slots=True)
class Format:
    """What the rows are about, and the columns of a CSV in their order; none for JSON."""

    kind: str
    columns: tuple[str, ...] = ()

    @property
    def heading(self) -> int:
        """How many lines come before the rows."""
        return 1 if self.columns else 0

    def fields(self, text: str) -> dict[str, Any]:
        """One line as columns and values; those of a CSV are texts, and empty ones are left out. Problem says what is wrong."""
        return self._of_csv(text) if self.columns else _of_json(text)

    def _of_csv(self, text: str) -> dict[str, Any]:
        try:
            row = next(csv.reader([text], strict=True), [])
        except csv.Error as error:
            raise Problem(_("This is not CSV: %(error)s.") % {"error": error}) from error
        if len(row) != len(self.columns):
            raise Problem(
                _("There are %(found)s columns; the heading has %(wanted)s.")
                % {"found": len(row), "wanted": len(self.columns)}
            )
        return {name: value for name, value in zip(self.columns, row, strict=True) if value != ""}


def format_of(first_line: bytes) -> Format:
    """The format that the first line of a delivery shows. Unreadable where it shows none that we know."""
    try:
        text = first_line.decode("utf-8-sig").strip()
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not written in UTF-8.")) from error
    if text.startswith("{"):
        try:
            return Format(_kind(tuple(_of_json(text))))
        except Problem as error:
            raise Unreadable(str(error)) from error
    columns = tuple(name.strip().strip('"') for name in text.split(","))
    return Format(_kind(columns), columns)


def _kind(columns: Sequence[str]) -> str:
    for kind, (known, needed) in _KINDS.items():
        if needed <= set(columns) <= set(known) and len(set(columns)) == len(columns):
            return kind
    raise Unreadable(
        _("The columns “%(columns)s” are not known. Give %(measurements)s, or %(statuses)s.")
        % {
            "columns": ",".join(columns)[:200],
            "measurements": ",".join(MEASUREMENT_COLUMNS),
            "statuses": ",".join(STATUS_COLUMNS),
        }
    )


def _of_json(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError as error:
        raise Problem(_("This is not JSON: %(error)s.") % {"error": error}) from error
    except RecursionError as error:
        raise Problem(_("This is not JSON: it is nested too deeply.")) from error
    if not isinstance(found, dict):
        raise Problem(_("A line must be one JSON object."))
    return found
