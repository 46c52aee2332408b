"""The state of a machine, which only a transition moves."""

from typing import Any

from django_fsm import FSMField


class StateField(FSMField):
    """A protected state. To migrations it is the CharField that it is in the database: what moves it is nothing to a table, and
    thousands of models of past days that each look for their transitions would make migrating a new database slow.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, protected=True, **kwargs)

    def deconstruct(self) -> Any:
        """As a CharField."""
        name, _path, args, kwargs = super().deconstruct()
        del kwargs["protected"]
        return name, "django.db.models.CharField", args, kwargs
