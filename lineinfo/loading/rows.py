"""The rows of a block of measurements: those that go in, as COPY reads them, and those put aside.

Nearly all rows of a well-made file have one shape, which an expression recognises as a whole; what is not of that shape is read
one by one. What the shape cannot tell, such as more connected time than time, the table itself refuses; the caller then asks
again, ``strict``.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from lineinfo.loading.aside import Aside, Problem
from lineinfo.loading.blocks import Block
from lineinfo.loading.formats import MEASUREMENT_COLUMNS, Format
from lineinfo.loading.lines import unknown_line
from lineinfo.loading.values import checked_values
from lineinfo.loading.window import Window, moment

# As many digits as always fit; a larger number is of another shape, and is looked at by itself.
_SHAPE = re.compile(
    r"^(?:([^,\"\r\n]{1,40}),([0-9T:.+Z-]{16,35}),"
    r"([0-9]{1,5},[0-9]{1,18},[0-9]{1,18},[0-9]{1,5},[0-9]{1,9},(?:-?[0-9]{1,3}(?:\.[0-9]{1,2})?)?)\r?|(.*))$",
    re.MULTILINE,
)
_ANY = re.compile(r"^()()()(.*)$", re.MULTILINE)
_NUMBERS = ("seconds", "bytes_down", "bytes_up", "connected_seconds", "errors")
_WHOLE = re.compile(r"-?[0-9]{1,30}", re.ASCII)


Row = tuple[str, str, str, str]
"""The line, the beginning and the other values as CSV; or, where the row is of another shape, all of it in the fourth place."""


class Rows(NamedTuple):
    """What a block holds, in order from the line ``first`` on, and what of it is put aside already."""

    first: int
    rows: list[Row]
    aside: list[Aside]

    def lines(self) -> set[str]:
        """The numbers of the lines that are named."""
        return {row[0] for row in self.rows}


@dataclass(frozen=True, slots=True)
class Sorted:
    """``text`` is CSV in the order of loading.write.COLUMNS; ``days`` tells how many of its rows lie on which day."""

    text: str
    days: Counter[date]
    late: int
    aside: list[Aside]


def rows_of(block: Block, *, format_: Format, strict: bool = False) -> Rows:
    """The rows of the block. ``strict`` takes none by its shape, so that every value is looked at."""
    shape = _SHAPE if format_.columns == MEASUREMENT_COLUMNS and not strict else _ANY
    rows: list[Row] = shape.findall(_text(block))
    aside: list[Aside] = []
    for place, (_line, _at, _rest, odd) in enumerate(rows):
        if odd:
            rows[place] = _looked_at(odd.rstrip("\r"), block.first + place, format_, aside)
    return Rows(block.first, rows, aside)


def sort_out(read: Rows, *, ids: Mapping[str, int], window: Window) -> Sorted:
    """What goes in and what does not. ``ids``: the key of each line by its number."""
    aside = list(read.aside)
    beginnings = window.beginnings({row[1] for row in read.rows})
    texts = {at: f"{begins.text},{begins.late:d}" for at, begins in beginnings.items()}
    out, named = [], Counter(row[1] for row in read.rows)
    for number, (line, at, rest, _odd) in enumerate(read.rows, start=read.first):
        try:
            out.append(f"{ids[line]},{texts[at]},{rest}\n")
        except KeyError:  # empty, or put aside already, or now
            named[at] -= 1
            if line:
                problem = window.problem(at) if at not in texts else unknown_line(line)
                aside.append(Aside(number, f"{line},{at},{rest}", problem))
    days: Counter[date] = Counter()
    for at, begins in beginnings.items():
        days[begins.day] += named[at]
    return Sorted(
        "".join(out),
        +days,
        sum(named[at] for at, begins in beginnings.items() if begins.late),
        sorted(aside, key=lambda row: row.line_number),
    )


def _text(block: Block) -> str:
    """What cannot be read as UTF-8 becomes a sign that no good row has."""
    text = block.data.decode("utf-8", errors="replace").removesuffix("\n")
    return text.removeprefix("\ufeff") if block.first == 1 else text


def _looked_at(text: str, number: int, format_: Format, aside: list[Aside]) -> Row:
    """The row of one line of another shape; one without a line where it is empty or put aside."""
    if text.strip():
        try:
            return (*_read(format_.fields(text)), "")
        except ValueError as problem:
            aside.append(Aside(number, text, problem))
    return "", "", "", ""


def _read(fields: dict[str, Any]) -> tuple[str, str, str]:
    """The number of the line, the beginning, and the other values as CSV. ValueError says what is wrong."""
    values: dict[str, Any] = {
        name: int(value) if name in _NUMBERS and isinstance(value, str) and _WHOLE.fullmatch(value) else value
        for name, value in fields.items()
    }
    line = values.pop("line", None)
    if not isinstance(line, str) or not line:
        raise Problem(_("“%(key)s” is missing.") % {"key": "line"})
    if not isinstance(values.get("at"), str):
        raise Problem(_("“%(key)s” is missing.") % {"key": "at"})
    values["at"] = moment(values["at"], "at")
    at, *rest = checked_values(values)
    return line, at.isoformat(), ",".join("" if value is None else str(value) for value in rest)
