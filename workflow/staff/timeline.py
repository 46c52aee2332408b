"""The history of an object with a state: each change with its day, its author, its reason and its article."""

from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.models import Machine, StateChange
from workflow.selectors import state_changes_of
from workflow.staff import cells
from workflow.staff.panels import Panel, panel

Words = str | Promise


def timeline(obj: Model, *, events: Mapping[str, Words] | None = None) -> Panel:
    """The state changes of an object, the latest first. ``events``: what each change that moved no state did.

    Of an object without states: who did what to it, if anything was written down.
    """
    states = isinstance(obj, Machine)
    return panel(
        _("Changes of state") if states else _("Who did it"),
        state_changes_of(obj).order_by("-id"),
        [
            (_("effective on"), lambda change: cells.day(change.on)),
            *(
                [
                    (_("state before"), lambda change: _state(type(obj), change.source)),
                    (_("state after"), lambda change: _state(type(obj), change.target)),
                ]
                if states
                else []
            ),
            *(
                [(_("what was done"), lambda change: events.get(change.transition, cells.EMPTY))]
                if events
                else []
            ),
            (_("by"), lambda change: change.by),
            (_("reason"), lambda change: change.reason or cells.EMPTY),
            (_("article"), lambda change: cells.article(change.article)),
            (_("recorded at"), lambda change: cells.moment(change.at)),
        ],
        more=cells.list_of(
            StateChange, subject_type=ContentType.objects.get_for_model(obj).pk, subject_id=obj.pk
        ),
        shown=20,
        empty=_("No change of state so far.") if states else "",
    )


def _state(model: type[Any], value: str) -> str:
    return cells.badge(dict(model.State.choices).get(value, value), cells.tone(model, value))
