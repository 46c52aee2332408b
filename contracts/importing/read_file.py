"""From the bytes of a CSV file to checked rows, or to a list of everything that is wrong with it."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from contracts.importing.columns import COLUMNS, CellError, Column


@dataclass(frozen=True)
class Problem:
    """What is wrong, and where: line of the file (the heading is line 1), column as the file names it."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        return _("line %(line)s, %(column)s: %(reason)s") % {
            "line": self.line,
            "column": self.column or "–",
            "reason": self.reason,
        }


class ImportRefused(Exception):
    """The file was not taken; ``problems`` names every bad cell. Nothing was changed."""

    def __init__(self, problems: list[Problem]) -> None:
        super().__init__(_("%(count)s problems; nothing was imported.") % {"count": len(problems)})
        self.problems = problems


@dataclass(frozen=True)
class Row:
    """One line of the file with its values by column name, and the headings as the file writes them."""

    line: int
    values: dict[str, Any]
    headings: dict[str, str]

    def problem(self, column: str, reason: str) -> Problem:
        """A problem with one cell of this row."""
        return Problem(self.line, self.headings.get(column, column), reason)


def read_file(data: bytes, known: Sequence[Column] = COLUMNS) -> tuple[list[Row], list[Problem]]:
    """Rows whose cells could all be read as the ``known`` columns say, and the problems of the others.

    UTF-8 (with or without mark) and Shift_JIS (as Windows writes it) are both read.
    Raises ImportRefused when the file cannot be read at all or a column is missing or unknown.
    """
    # A dictionary of strings keeps the reading strict: a surplus cell ends up under None and is reported below.
    reader = csv.DictReader(io.StringIO(_decode(data), newline=""), strict=True)
    try:
        columns = _columns(reader.fieldnames or [], known)
        rows: list[Row] = []
        problems: list[Problem] = []
        headings = {column.name: heading for heading, column in columns.items()}
        for cells in reader:
            line = reader.line_num
            if cells.pop(None, None):  # where csv puts surplus cells
                problems.append(Problem(line, "", _("The line has more cells than the heading.")))
                continue
            if not any(cells.values()):
                continue
            values, bad = {}, False
            for heading, column in columns.items():
                cell = (cells[heading] or "").strip()
                try:
                    if column.required and not cell:
                        raise CellError(_("is empty; it must be filled."))
                    values[column.name] = column.read(cell)
                except CellError as error:
                    problems.append(Problem(line, heading, str(error)))
                    bad = True
            if not bad:
                rows.append(Row(line, values, headings))
    except csv.Error as error:
        raise ImportRefused(
            [Problem(reader.line_num, "", _("is not CSV: %(error)s") % {"error": error})]
        ) from error
    if not rows and not problems:
        raise ImportRefused([Problem(1, "", _("The file has no rows."))])
    return rows, problems


def _decode(data: bytes) -> str:
    for encoding in ("utf-8-sig", "cp932"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise ImportRefused(
        [Problem(1, "", _("The file is neither UTF-8 nor Shift_JIS; save it as CSV in one of the two."))]
    )


def _columns(fieldnames: Sequence[str], known: Sequence[Column]) -> dict[str, Column]:
    by_heading = {column.heading: column for column in known} | {column.name: column for column in known}
    found: dict[str, Column] = {}
    problems = []
    for heading in fieldnames:
        column = by_heading.get(heading.strip())
        if column is None:
            problems.append(Problem(1, heading, _("is not a known column.")))
        elif column in found.values():
            problems.append(Problem(1, heading, _("stands twice.")))
        else:
            found[heading] = column
    problems += [
        Problem(1, column.heading, _("is missing."))
        for column in known
        if column.required and column not in found.values()
    ]
    if problems:
        raise ImportRefused(problems)
    return found
