"""A delivery as blocks of whole lines, whatever its size, packed or not."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

BLOCK = 4 * 1024 * 1024
LONGEST_LINE = 64 * 1024
"""Bytes."""

_PACKED = b"\x1f\x8b"


class Unreadable(Exception):
    """The delivery cannot be read any further; the text says why."""


@dataclass(frozen=True, slots=True)
class Block:
    """Whole lines, each with its end; ``first`` is the number of the first one (from 1)."""

    first: int
    data: bytes

    @property
    def lines(self) -> int:
        """How many lines it has."""
        return self.data.count(b"\n")


def blocks(path: Path, *, behind: int = 0, size: int = BLOCK) -> Iterator[Block]:
    """The lines of the file from line ``behind`` + 1 on. Gzip is recognised by its first bytes, not by the name.

    Raises Unreadable for a broken gzip and for a line longer than LONGEST_LINE.
    """
    with path.open("rb") as plain:
        packed = plain.read(2) == _PACKED
    try:
        with gzip.open(path, "rb") if packed else path.open("rb") as file:
            for number in range(behind):
                _ended(file.readline(LONGEST_LINE), number + 1)
            first = behind + 1
            while data := file.read(size):
                if not data.endswith(b"\n"):
                    data = _ended(data + file.readline(LONGEST_LINE), first, more=bool(file.peek(1)))
                block = Block(first, data)
                yield block
                first += block.lines
    except (gzip.BadGzipFile, zlib.error, EOFError) as error:
        raise Unreadable(_("The file is broken gzip: %(error)s.") % {"error": error}) from error


def _ended(data: bytes, number: int, *, more: bool = True) -> bytes:
    """The data with an end to its last line."""
    if data.endswith(b"\n"):
        return data
    if more and data:
        raise Unreadable(
            _("Around line %(number)s there is a line of more than %(most)s bytes.")
            % {"number": number, "most": LONGEST_LINE}
        )
    return data + b"\n"
