"""Showing beforehand what a button does: it is done, looked at, and undone again before anybody else could see it."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db import connection, transaction
from django.utils.translation import gettext as _

from workflow.models import Machine, StateChange
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.subjects import with_subjects

Latest = Callable[[], int]
Since = Callable[[int], Iterable[Panel]]

_watched: list[tuple[Latest, Since]] = []


def watch(latest: Latest, since: Since) -> None:
    """Show in previews what ``since`` gives for the rows written after the row that was ``latest`` before."""
    _watched.append((latest, since))


class _Undo(Exception):
    """Rolls the preview back."""


def preview(act: Callable[[], object]) -> list[Panel]:
    """What ``act`` writes, as tables. Everything it wrote is rolled back; nothing leaves the house, since that waits for a commit."""
    found: list[Panel] = []
    try:
        with _own_view(), transaction.atomic():
            marks = [(latest(), since) for latest, since in _watched]
            act()
            found = [shown for mark, since in marks for shown in since(mark) if shown.rows]
            raise _Undo
    except _Undo:
        return found


class _own_view(transaction.Atomic):
    """A transaction that does not see what others commit meanwhile: a preview shows nothing of theirs."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __enter__(self) -> None:
        outermost = not connection.in_atomic_block
        super().__enter__()
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")


def _latest_change() -> int:
    return StateChange.objects.order_by("-id").values_list("id", flat=True).first() or 0


def _changes_since(mark: int) -> Iterable[Panel]:
    changes = (
        StateChange.objects.filter(pk__gt=mark)
        .select_related("subject_type")
        .prefetch_related(with_subjects())
    )
    yield panel(
        _("Changes of state"),
        changes.order_by("id"),
        [
            (_("object"), lambda change: f"{_kind(change)} {change.subject}"),
            (_("state before"), lambda change: _state(change, change.source)),
            (_("state after"), lambda change: _state(change, change.target)),
            (_("effective on"), lambda change: cells.day(change.on)),
            (_("article"), lambda change: cells.article(change.article)),
        ],
    )


def _kind(change: StateChange) -> str:
    model = change.subject_type.model_class()
    return str(model._meta.verbose_name) if model else change.subject_type.model


def _state(change: StateChange, value: str) -> Any:
    model = change.subject_type.model_class()
    if model is None or not issubclass(model, Machine):
        return value
    return cells.badge(dict(model.State.choices).get(value, value), cells.tone(model, value))


watch(_latest_change, _changes_since)
