"""Finding something by what is said on the telephone, whatever it is: what each room finds, as tables."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from workflow.models import User
from workflow.staff import cells
from workflow.staff.panels import Panel, Text, panel
from workflow.staff.today import may_view

SHOWN = 20


@dataclass(frozen=True)
class Found:
    """Rows of one kind that match, as a table; ``only`` is the address of the page where there is exactly one."""

    panel: Panel
    only: str


def found(
    user: User,
    title: Text,
    rows: QuerySet[Any],
    columns: Sequence[tuple[Text, Callable[[Any], Any]]],
    *,
    more: str = "",
) -> Iterable[Found]:
    """The rows that match, for those who may see their kind; nothing where none does."""
    if not may_view(user, rows.model):
        return
    matching: list[Model] = list(rows[: SHOWN + 1])
    if matching:
        shown = panel(title, matching, columns, more=more, shown=SHOWN)
        yield Found(shown, cells.address_of(matching[0]) if len(matching) == 1 else "")
