"""The base of everything that has a state."""

from collections.abc import Collection, Iterable
from typing import Any, ClassVar

from django.db import models


class Machine(models.Model):
    """A model with one protected state field named ``state``, moved only by ``workflow.perform``."""

    State: ClassVar[type[models.TextChoices]]
    state: str

    class Meta:
        abstract = True

    def get_state_display(self) -> str:
        """The label of the state, in the language of the reader."""
        return str(type(self).State(self.state).label)

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        """As Django's, without the state: cleaning would set it, and only a transition may."""
        super().clean_fields(exclude={"state", *(exclude or ())})

    def refresh_from_db(
        self, using: str | None = None, fields: Iterable[str] | None = None, from_queryset: Any = None
    ) -> None:
        """As Django's; the protected state is set aside on this object while it is read anew.

        django-fsm's FSMModelMixin lifts the protection from the whole class instead. A thread that waits for a row lock
        in here would then be refused its own refresh when another thread puts the protection back.
        """
        if "state" not in self.__dict__:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
            return
        self._refreshing = self.__dict__.pop("state")
        try:
            super().refresh_from_db(using=using, fields=fields, from_queryset=from_queryset)
        finally:
            self.__dict__.setdefault("state", self.__dict__.pop("_refreshing"))

    def get_deferred_fields(self) -> set[str]:
        """As Django's; a state that is set aside counts as loaded, so that it is read with the rest."""
        deferred = super().get_deferred_fields()
        return deferred - {"state"} if "_refreshing" in self.__dict__ else deferred
