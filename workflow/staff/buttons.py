"""A button on a staff page: what it is called, who may press it and when, what it asks for, which one service it calls."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Literal

from django.db.models import Model
from django.utils.functional import Promise
from django_fsm import can_proceed, has_transition_perm

from terms.article import ArticleRef
from workflow.models import User
from workflow.staff.button_form import ButtonForm
from workflow.staff.panels import Panel

Text = str | Promise


@dataclass(frozen=True, kw_only=True)
class Press:
    """One press of a button: on which object, by whom, when, with which answers (``data``) on which form."""

    obj: Any
    by: User
    at: datetime
    on: date
    data: dict[str, Any]
    form: Any


@dataclass(frozen=True, kw_only=True)
class Effect:
    """Something that pressing will do, said beforehand, with the article that it rests on."""

    text: Text
    article: ArticleRef | str = ""


@dataclass(frozen=True, kw_only=True)
class Done:
    """What was done: a sentence, the object whose page comes next (the same one if none), and a secret shown only now."""

    message: Text
    go_to: Model | None = None
    secret: str = ""


@dataclass(frozen=True, kw_only=True)
class Button:
    """One action of staff on an object, or on a whole list.

    ``run`` calls one service. ``transition`` names the transition that the service begins with: the button shows only in
    the states in which it starts, and to those who may run it. ``possible`` adds conditions that only the object's own
    columns decide; ``allowed`` those about the person, such as the second pair of eyes. Dates and money are the
    service's to judge: its refusal is shown on the form. ``fields`` says at which field a refusal code belongs.
    Buttons with the same ``menu`` are folded into one; ``menu_says_it`` where only the menu says what is done, and the label
    for what: a document, a kind of request. ``previews``: what it would do can be shown beforehand; not where
    it shows a secret or works on everybody. ``foresees``: tables that stand beside what it would do, such as its costs.
    A button without ``run`` is a question: what it ``foresees`` is the answer, and nothing is done.
    """

    name: str
    label: Text
    permission: str
    run: Callable[[Press], Done] | None = None
    form: type[ButtonForm] = ButtonForm
    transition: str = ""
    possible: Callable[[Any], bool] = lambda obj: True
    allowed: Callable[[Any, User], bool] = lambda obj, user: True
    effects: Callable[[Any], Iterable[Effect]] = lambda obj: ()
    look: Literal["primary", "default", "danger"] = "default"
    menu: Text = ""
    menu_says_it: bool = False
    previews: bool = True
    foresees: Callable[[Press], Iterable[Panel]] = lambda press: ()
    fields: dict[str, str] = field(default_factory=dict)

    @property
    def acts(self) -> bool:
        """Whether it does something; a question does not. (Templates call what can be called, so they cannot ask ``run``.)"""
        return self.run is not None

    @property
    def does(self) -> Text:
        """What pressing it does, in words that stand alone."""
        return self.menu if self.menu_says_it else self.label

    @property
    def title(self) -> Text:
        """What its page is called."""
        return f"{self.menu} ({self.label})" if self.menu_says_it else self.label

    def permits(self, user: User, obj: Any = None) -> bool:
        """Whether this user may press it at all."""
        return user.has_perm(self.permission) and (obj is None or self.allowed(obj, user))

    def is_open(self, obj: Any, user: User) -> bool:
        """Whether it can be pressed on ``obj`` as it now stands, by this user."""
        if not self.permits(user, obj) or not self.possible(obj):
            return False
        if not self.transition:
            return True
        method = getattr(obj, self.transition)
        return bool(can_proceed(method) and has_transition_perm(method, user))
