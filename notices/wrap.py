"""Breaking Japanese text into lines that a mail program and a letter show as they are."""

import re
import unicodedata

COLUMNS = 72  # 36 full-width characters

# Not at the start of a line, and not at its end (行頭・行末禁則).
_NOT_FIRST = frozenset(
    "、。，．・：；？！）〕］｝〉》」』】ー々ぁぃぅぇぉっゃゅょゎァィゥェォッャュョヮヵヶ,.:;?!)]}”’～…"
)
_NOT_LAST = frozenset("（〔［｛〈《「『【([{“‘〒")
# Latin words, numbers with their unit, dates, addresses of pages and mail are never torn apart.
_PIECE = re.compile(r"\d[\d,.:]*(?:年|月|日|時|分|円|条|項|号|%|％)?|[!-~]+|.", re.DOTALL)
_BULLET = re.compile(r"[・■※　 ]*")


def width(text: str) -> int:
    """The columns that ``text`` takes; a full-width character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WFA" else 1 for character in text)


def wrap(text: str, columns: int = COLUMNS) -> str:
    """``text`` with no line wider than ``columns``, except where one piece alone is. A bulleted line goes on under its text."""
    return "\n".join(part for line in text.split("\n") for part in _wrap_line(line, columns))


def _wrap_line(line: str, columns: int) -> list[str]:
    if width(line) <= columns:
        return [line]
    bullet = _BULLET.match(line)
    indent = "　" * (width(bullet[0]) // 2) if bullet else ""
    lines: list[list[str]] = [[]]
    for piece in _PIECE.findall(line):
        if lines[-1] and width("".join(lines[-1])) + width(piece) > columns:
            carried = _carried(lines[-1], piece)
            lines.append([indent, *carried] if indent else carried)
        lines[-1].append(piece)
    return ["".join(pieces).rstrip() for pieces in lines]


def _carried(pieces: list[str], following: str) -> list[str]:
    """Take from the end of a full line what must go to the next one with ``following``."""
    carried: list[str] = []
    first = following
    while len(pieces) > 1 and (first[0] in _NOT_FIRST or pieces[-1][-1] in _NOT_LAST):
        first = pieces.pop()
        carried.insert(0, first)
    return carried
