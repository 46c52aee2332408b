"""Rows as the lines of a CSV file that Excel and accounting programs read."""

import csv
from collections.abc import Iterable, Iterator, Sequence


class _Echo:
    """A file that gives back what is written to it."""

    def write(self, text: str) -> str:
        return text


def written(rows: Iterable[Sequence[object]]) -> Iterator[str]:
    """The rows, one after the other, behind a byte-order mark so that Excel reads Japanese; no text is a formula."""
    writer = csv.writer(_Echo())
    mark = "\ufeff"
    for row in rows:
        yield mark + writer.writerow([_plain(cell) if isinstance(cell, str) else cell for cell in row])
        mark = ""


def _plain(text: str) -> str:
    """A text that no spreadsheet takes for a formula."""
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") else text
