"""Record measurements of lines, many at once; what was delivered before changes nothing."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from contracts.models import Line

COLUMNS = ("line_id", "at", "seconds", "bytes_down", "bytes_up", "connected_seconds", "errors", "optical_dbm")
_OPTIONAL = {"seconds": 300, "errors": 0, "optical_dbm": None}
_LARGEST = {"seconds": 2**31 - 1, "bytes_down": 2**63 - 1, "bytes_up": 2**63 - 1, "errors": 2**31 - 1}
_MOST_PROBLEMS = 20

_STAGE = """
    CREATE TEMPORARY TABLE lineinfo_delivered (
        line_id bigint, at timestamptz, seconds integer, bytes_down bigint, bytes_up bigint, connected_seconds integer,
        errors integer, optical_dbm numeric(5, 2)
    ) ON COMMIT DROP
"""
_NAMES = ", ".join(COLUMNS)
_VALUES = ", ".join(COLUMNS[2:])
_WRITE = f"""
    INSERT INTO lineinfo_measurement AS known ({_NAMES}, revision)
    SELECT DISTINCT ON (line_id, at) {_NAMES}, 0 FROM lineinfo_delivered ORDER BY line_id, at, ctid DESC
    ON CONFLICT (line_id, at) DO UPDATE
    SET ({_VALUES}, revision) = ({", ".join(f"excluded.{name}" for name in COLUMNS[2:])}, known.revision + 1)
    WHERE ({", ".join(f"known.{name}" for name in COLUMNS[2:])})
        IS DISTINCT FROM ({", ".join(f"excluded.{name}" for name in COLUMNS[2:])})
"""


def record_measurements(rows: Iterable[Mapping[str, Any]]) -> int:
    """Write ``rows``, each with the keys of COLUMNS (seconds, errors and optical_dbm may be left out).

    A row that is there already with the same values changes nothing; other values for the same line and moment correct
    it, and its revision counts up. Returns how many rows were new or corrected.

    ValidationError names each wrong row by its number (from 1) and says what is wrong; nothing is written then.
    """
    problems: list[str] = []
    delivered = []
    for number, row in enumerate(rows, start=1):
        try:
            delivered.append(_checked(row))
        except ValueError as error:
            problems.append(_("Row %(number)s: %(problem)s") % {"number": number, "problem": error})
            if len(problems) == _MOST_PROBLEMS:
                break
    if not problems:
        problems = _unknown_lines({row[0] for row in delivered})
    if problems:
        raise ValidationError(problems)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS lineinfo_delivered")
        cursor.execute(_STAGE)
        with cursor.copy(f"COPY lineinfo_delivered ({_NAMES}) FROM STDIN") as copy:
            for values in delivered:
                copy.write_row(values)
        cursor.execute(_WRITE)
        return int(cursor.rowcount)


def _checked(row: Mapping[str, Any]) -> tuple[Any, ...]:
    """The values in the order of COLUMNS. ValueError says what is wrong."""
    values = {**_OPTIONAL, **row}
    for key in values:
        if key not in COLUMNS:
            raise ValueError(_("“%(key)s” is not known.") % {"key": key})
    for key in COLUMNS:
        if key not in values:
            raise ValueError(_("“%(key)s” is missing.") % {"key": key})
    at = values["at"]
    if not isinstance(at, datetime) or is_naive(at):
        raise ValueError(_("“at” must be a moment with its time zone."))
    for key in ("line_id", "seconds", "bytes_down", "bytes_up", "connected_seconds", "errors"):
        value = values[key]
        if (
            not isinstance(value, int)
            or isinstance(value, bool)
            or not 0 <= value <= _LARGEST.get(key, 2**63 - 1)
        ):
            raise ValueError(_("“%(key)s” must be a whole number, 0 or more.") % {"key": key})
    if values["seconds"] == 0 or values["connected_seconds"] > values["seconds"]:
        raise ValueError(_("The interval is empty, or shorter than the connected time."))
    values["optical_dbm"] = _level(values["optical_dbm"])
    return tuple(values[key] for key in COLUMNS)


def _level(value: Any) -> Decimal | None:
    if value is None:
        return None
    try:
        level = Decimal(str(value)).quantize(Decimal("0.01"))
    except InvalidOperation:
        level = Decimal("NaN")
    if not level.is_finite() or abs(level) >= 1000:
        raise ValueError(_("“optical_dbm” must be a level in dBm, such as -18.25."))
    return level


def _unknown_lines(ids: set[int]) -> list[str]:
    known = set(Line.objects.filter(pk__in=ids).values_list("pk", flat=True))
    return [
        _("There is no line with the key %(key)s.") % {"key": key}
        for key in sorted(ids - known)[:_MOST_PROBLEMS]
    ]
