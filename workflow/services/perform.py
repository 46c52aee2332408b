"""Run one transition: lock, check, move, save, and write down that it happened."""

import inspect
from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_fsm import can_proceed, has_transition_perm

from terms.article import ArticleRef
from workflow.errors import NotPermitted, WrongState
from workflow.models import Machine, StateChange, User


def perform(
    obj: Machine,
    transition: str,
    *,
    by: User,
    on: date,
    reason: str = "",
    article: ArticleRef | None = None,
    **kwargs: Any,
) -> StateChange:
    """Run ``transition`` on ``obj`` and return the state change that records it.

    The row is locked and read anew first, so that two callers cannot run the same transition twice;
    values set on ``obj`` before the call are lost. ``on`` is the legal date, ``article`` what the change rests on.
    Further keyword arguments go to the transition method, and so do ``on``, ``reason`` and ``article`` (as text)
    where the method has parameters of those names.

    Raises WrongState when the object is not in a source state, NotPermitted when ``by`` may not run it or is not active.
    """
    with transaction.atomic():
        obj.refresh_from_db(from_queryset=type(obj)._base_manager.select_for_update(of=("self",)))
        method = getattr(obj, transition)
        source = obj.state
        if not can_proceed(method):
            raise WrongState(
                _("%(object)s is “%(state)s”; “%(transition)s” cannot start from there.")
                % {
                    "object": obj,
                    "state": obj.get_state_display(),
                    "transition": transition,
                }
            )
        if not (by.is_active and (by.is_system or has_transition_perm(method, by))):
            raise NotPermitted(
                _("%(user)s may not run “%(transition)s” on %(object)s.")
                % {"user": by, "transition": transition, "object": obj}
            )
        recorded = {"on": on, "reason": reason, "article": str(article) if article else ""}
        asked = inspect.signature(method).parameters
        method(**{name: value for name, value in recorded.items() if name in asked}, **kwargs)
        obj.save()
        return StateChange.objects.create(
            subject=obj,
            transition=transition,
            source=source,
            target=obj.state,
            on=on,
            by=by,
            reason=reason,
            article=str(article) if article else "",
        )
