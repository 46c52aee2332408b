"""Breaking Japanese text into lines that a mail program and a letter show as they are."""

import re
import unicodedata
from functools import lru_cache

COLUMNS = 72  # 36 full-width characters

# Not at the start of a line, and not at its end (行頭・行末禁則).
_NOT_FIRST = frozenset(
    "、。，．・：；？！）〕］｝〉》」』】ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}”’～…"
)
_NOT_LAST = frozenset("（〔［｛〈《「『【([{“‘〒")
# Latin words, numbers with their unit, dates, addresses of pages and mail are never torn apart.
_PIECE = re.compile(r"\d[\d,.:]*(?:年|月|日|時|分|円|条|項|号|%|％)?|[!-~]+|.", re.DOTALL)
_BULLET = re.compile(r"[・■※　 ]*")


@lru_cache(maxsize=4096)
def _is_wide(character: str) -> bool:
    return unicodedata.east_asian_width(character) in "WFA"


def width(text: str) -> int:
    """The columns that ``text`` takes; a full-width character takes two."""
    return len(text) + sum(map(_is_wide, text))


def wrap(text: str, columns: int = COLUMNS) -> str:
    """``text`` with no line wider than ``columns``, except where one piece alone is. A bulleted line goes on under its text."""
    return "\n".join([_wrap_line(line, columns) for line in text.split("\n")])


@lru_cache(maxsize=4096)  # a hundred thousand notices of one day have most of their lines in common
def _wrap_line(line: str, columns: int) -> str:
    if width(line) <= columns:
        return line
    bullet = _BULLET.match(line)
    indent = "　" * (width(bullet[0]) // 2) if bullet else ""
    lines: list[list[str]] = [[]]
    used = 0
    for piece in _PIECE.findall(line):
        full = lines[-1]
        if full and used + width(piece) > columns and (place := _break(full, piece)):
            full[place:], carried = [], full[place:]
            lines.append([indent, *carried] if indent else carried)
            used = width("".join(lines[-1]))
        lines[-1].append(piece)
        used += width(piece)
    return "\n".join(["".join(pieces).rstrip() for pieces in lines])


def _break(pieces: list[str], following: str) -> int:
    """Where a full line may end: the number of pieces that stay. 0 where it may end nowhere."""
    after = [*pieces[1:], following]
    for place in range(len(pieces), 0, -1):
        allowed = after[place - 1][0] not in _NOT_FIRST and pieces[place - 1][-1] not in _NOT_LAST
        if allowed and "".join(pieces[:place]).strip():
            return place
    return 0
