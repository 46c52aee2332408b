"""What is put on the first page of the staff side."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest

from workflow.staff.panels import Panel
from workflow.staff.today import Figure


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """How much waits."""
    return ()


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """What waits, the oldest first."""
    return ()
