"""What one room adds to the pages of another below it: billing's invoices on the page of a subscriber.

Rooms import one way only, so the page cannot ask the room above; that room says here what it has for the page.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.http import HttpRequest

from workflow.staff.buttons import Button
from workflow.staff.panels import Panel

Panels = Callable[[HttpRequest, Any], Iterable[Panel]]

_panels: dict[type[Model], list[Panels]] = {}
_buttons: dict[type[Model], list[Button]] = {}


def add_panels(model: type[Model], panels: Panels) -> None:
    """Show these panels, too, on every page of ``model``."""
    _panels.setdefault(model, []).append(panels)


def add_buttons(model: type[Model], *buttons: Button) -> None:
    """Show these buttons, too, on every page of ``model``."""
    _buttons.setdefault(model, []).extend(buttons)


def panels_for(request: HttpRequest, obj: Model) -> list[Panel]:
    """What other rooms show on the page of ``obj``."""
    return [panel for panels in _panels.get(type(obj), []) for panel in panels(request, obj)]


def buttons_for(model: type[Model]) -> list[Button]:
    """What other rooms let staff do on the page of an object of ``model``."""
    return _buttons.get(model, [])
