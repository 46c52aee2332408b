"""Tables of related rows on the page of an object: read-only, short, each with a link to the whole list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any, TypeVar

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _

Text = str | Promise
M = TypeVar("M")

SHOWN = 10


@dataclass(frozen=True, kw_only=True)
class Panel:
    """A titled table. ``more`` is the address of the whole list when there are more rows than are shown.

    ``as_cards``: each row a card on every screen, for rows with a long text.
    """

    title: Text
    columns: Sequence[Text]
    rows: Sequence[Sequence[Any]]
    more: str = ""
    empty: Text = ""
    note: Text = ""
    as_cards: bool = False

    @property
    def heads(self) -> list[tuple[Text, bool]]:
        """The columns, and whether figures stand in them: those are set flush right."""
        return [
            (name, any('class="yen' in str(row[place]) for row in self.rows))
            for place, name in enumerate(self.columns)
        ]

    @property
    def labelled(self) -> list[list[tuple[Text, bool, Any]]]:
        """Each row with the name of its column beside each cell: on a phone a row is a card."""
        heads = self.heads
        return [
            [(name, is_figure, cell) for (name, is_figure), cell in zip(heads, row, strict=True)]
            for row in self.rows
        ]


def panel(
    title: Text,
    rows: Iterable[M],
    columns: Sequence[tuple[Text, Callable[[M], Any]]],
    *,
    more: str = "",
    shown: int = SHOWN,
    empty: Text = "",
    note: Text = "",
    as_cards: bool = False,
) -> Panel:
    """A panel of the first ``shown`` of ``rows``: one query, whatever their number. Where there are more, it leads to them or says so."""
    found = list(rows[: shown + 1] if isinstance(rows, QuerySet) else islice(rows, shown + 1))
    cut = len(found) > shown
    return Panel(
        title=title,
        columns=[name for name, _cell in columns],
        rows=[[cell(row) for _name, cell in columns] for row in found[:shown]],
        more=more if cut else "",
        empty=empty,
        note=note
        or (_("Only the first %(count)s are shown.") % {"count": shown} if cut and not more else ""),
        as_cards=as_cards,
    )
