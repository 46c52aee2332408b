"""Which line a number means."""

from collections.abc import Iterable

from django.utils.translation import gettext as _

from contracts.models import Line
from lineinfo.loading.aside import Problem
from lineinfo.models import BadRow

_MOST_KNOWN = 200_000


class KnownLines:
    """The lines that a delivery named so far, within bounds: asked for anew when there are too many."""

    def __init__(self) -> None:
        self._ids: dict[str, int] = {}

    def ids(self, numbers: Iterable[str]) -> dict[str, int]:
        """The key of each line by its number, at least of those of ``numbers`` that there are."""
        asked = set(numbers)
        new = asked - self._ids.keys()
        if new:
            if len(self._ids) + len(new) > _MOST_KNOWN:
                # Not emptied: whoever got them before may still be at work with them.
                self._ids = {}
                new = asked
            self._ids.update(Line.objects.filter(number__in=list(new)).values_list("number", "pk"))
        return self._ids


def unknown_line(number: str) -> Problem:
    """There is no line of that number."""
    return Problem(_("There is no line “%(number)s”.") % {"number": number}, kind=BadRow.Kind.UNKNOWN_LINE)
