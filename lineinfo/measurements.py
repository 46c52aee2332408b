"""Reading measurements: by line and time, in steps whose cost does not grow with what is stored.

A display of how a line was used. Outages and credits are never computed from it (line-info-api 15-3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import connection

from lineinfo.models import Measurement
from lineinfo.models.measurement import LONGEST_INTERVAL

# With both ends of the time given, PostgreSQL looks into the partitions of those days alone.
_LONGEST = timedelta(seconds=LONGEST_INTERVAL)

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


_OF_A_RANGE = "FROM lineinfo_measurement WHERE line_id = %(line)s AND at >= %(from)s AND at < %(to)s"

_ADDED_UP = f"""
    SELECT date_trunc(%(unit)s, at, %(zone)s) AS at, sum(seconds) AS seconds, sum(bytes_down) AS bytes_down,
           sum(bytes_up) AS bytes_up, sum(connected_seconds) AS connected_seconds, sum(errors) AS errors,
           round(avg(optical_dbm), 2) AS optical_dbm, max(revision) AS revision
    {_OF_A_RANGE} GROUP BY 1
"""


def raw_readings(
    *, line_id: int, from_: datetime, to: datetime, limit: int, form: str
) -> tuple[list[str], datetime | None]:
    """The first ``limit`` readings of a line whose interval begins in [from_, to), in order of time, and where the next begins.

    ``form`` is how one is written: an SQL expression of the columns of Measurement. PostgreSQL writes them, since there are many.
    """
    found = _written(
        f"SELECT {form} {_OF_A_RANGE} ORDER BY at LIMIT %(limit)s",
        {"line": line_id, "from": from_, "to": to, "limit": limit},
    )
    if len(found) < limit:
        return found, None
    rest = Measurement.objects.filter(line_id=line_id, at__gte=from_, at__lt=to).order_by("at")
    return found, rest.values_list("at", flat=True)[limit : limit + 1].first()


def added_up(*, line_id: int, unit: str, from_: datetime, to: datetime, form: str) -> list[str]:
    """The readings of [from_, to) added up by ``unit`` ("hour" or "day", on the Japanese clock), in order of time.

    The start is that of the hour or day, ``seconds`` how long was measured, the level the mean. ``form`` as for raw_readings.
    """
    return _written(
        f"SELECT {form} FROM ({_ADDED_UP}) AS added ORDER BY at",
        {"unit": unit, "zone": settings.TIME_ZONE, "line": line_id, "from": from_, "to": to},
    )


def _written(statement: str, values: dict[str, Any]) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return [text for (text,) in cursor.fetchall()]


@dataclass(frozen=True, slots=True)
class Gap:
    """A stretch [from_, to) of which nothing was measured."""

    from_: datetime
    to: datetime


def gaps(*, line_id: int, from_: datetime, to: datetime) -> Iterator[Gap]:
    """The stretches of [from_, to) that no stored interval covers, in order of time. ``to`` must not lie in the future."""
    covered_to = from_
    before = (
        Measurement.objects.filter(line_id=line_id, at__gte=from_ - _LONGEST, at__lt=from_)
        .order_by("-at")
        .values_list("at", "seconds")
        .first()
    )
    if before:
        covered_to = max(from_, before[0] + timedelta(seconds=before[1]))
    inside = Measurement.objects.filter(line_id=line_id, at__gte=from_, at__lt=to).order_by("at")
    for at, seconds in inside.values_list("at", "seconds").iterator():
        if at > covered_to:
            yield Gap(covered_to, at)
        covered_to = max(covered_to, at + timedelta(seconds=seconds))
    if covered_to < to:
        yield Gap(covered_to, to)
