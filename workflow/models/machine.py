"""The base of everything that has a state."""

from typing import ClassVar

from django.db import models
from django_fsm import FSMModelMixin


class Machine(FSMModelMixin, models.Model):
    """A model with one protected state field named ``state``, moved only by ``workflow.perform``.

    FSMModelMixin lets ``refresh_from_db`` set the protected field from the database.
    """

    State: ClassVar[type[models.TextChoices]]
    state: str

    class Meta:
        abstract = True

    def get_state_display(self) -> str:
        """The label of the state, in the language of the reader."""
        return str(type(self).State(self.state).label)
