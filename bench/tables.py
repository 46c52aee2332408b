"""Figures as a table that reads well in a terminal and in Markdown."""

from collections.abc import Mapping, Sequence


def table(rows: Sequence[Mapping[str, object]]) -> str:
    """One line a row, the keys of the first as its head."""
    head = list(rows[0])
    lines = [head, *([_text(row.get(name, "")) for name in head] for row in rows)]
    widths = [max(len(line[place]) for line in lines) for place in range(len(head))]
    shown = [
        f"| {' | '.join(cell.rjust(width) for cell, width in zip(line, widths, strict=True))} |"
        for line in lines
    ]
    return "\n".join([shown[0], f"|{'|'.join('-' * (width + 1) + ':' for width in widths)}|", *shown[1:]])


def _text(value: object) -> str:
    if isinstance(value, float):
        return f"{value:,.2f}"
    return f"{value:,}" if isinstance(value, int) else str(value)
