"""Record measurements of lines, many at once; what was delivered before changes nothing."""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Line
from contracts.moments import japan_date
from lineinfo.loading.values import checked_values, whole_number
from lineinfo.loading.window import is_late
from lineinfo.loading.write import merge

_MOST_PROBLEMS = 20


def record_measurements(rows: Iterable[Mapping[str, Any]], *, received: datetime | None = None) -> int:
    """Write ``rows``: mappings with line_id and the keys of loading.values (seconds, errors, optical_dbm may be left out).

    A row that is there already with the same values changes nothing; other values for the same line and moment correct
    it, and its revision counts up. ``received`` is when they came; where it is left out, all came in time. Returns how many
    rows were new or corrected.

    ValidationError names each wrong row by its number (from 1) and says what is wrong; nothing is written then.
    """
    problems: list[str] = []
    delivered: list[tuple[Any, ...]] = []
    for number, row in enumerate(rows, start=1):
        try:
            values = dict(row)
            line = whole_number("line_id", values.pop("line_id", None))
            at, *measured = checked_values(values)
            delivered.append((line, at, received is not None and is_late(at, received), *measured))
        except ValueError as error:
            problems.append(_("Row %(number)s: %(problem)s") % {"number": number, "problem": error})
            if len(problems) == _MOST_PROBLEMS:
                break
    if not problems:
        problems = _unknown_lines({row[0] for row in delivered})
    if problems:
        raise ValidationError(problems)
    if not delivered:
        return 0
    text = io.StringIO()
    csv.writer(text).writerows(delivered)
    with transaction.atomic():
        written = merge(
            text.getvalue(),
            days={japan_date(row[1]) for row in delivered},
            received=received or max(row[1] for row in delivered),
        )
    return written.new + written.corrected


def _unknown_lines(ids: set[int]) -> list[str]:
    known = set(Line.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [
        _("There is no line with the key %(key)s.") % {"key": key}
        for key in sorted(ids - known)[:_MOST_PROBLEMS]
    ]
