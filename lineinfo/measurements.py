"""Reading measurements: by line and time, in steps whose cost does not grow with what is stored.

A display of how a line was used. Outages and credits are never computed from it (line-info-api 15-3).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

from django.conf import settings
from django.db import connection

from lineinfo.models import Measurement
from lineinfo.models.measurement import LONGEST_INTERVAL

# With both ends of the time given, PostgreSQL looks into the partitions of those days alone.
_LONGEST = timedelta(seconds=LONGEST_INTERVAL)

STEPS = {"hour": timedelta(hours=1), "day": timedelta(days=1)}


@dataclass(frozen=True, slots=True)
class Reading:
    """The values of one interval, or of all intervals that began in one hour or day added up.

    ``at`` is the start, ``seconds`` how long was measured, ``optical_dbm`` the mean level.
    """

    at: datetime
    seconds: int
    bytes_down: int
    bytes_up: int
    connected_seconds: int
    errors: int
    optical_dbm: Decimal | None
    revision: int


def raw_readings(*, line_id: int, from_: datetime, to: datetime, limit: int) -> list[Reading]:
    """The first ``limit`` readings of a line whose interval begins in [from_, to), in order of time."""
    rows = (
        Measurement.objects.filter(line_id=line_id, at__gte=from_, at__lt=to)
        .order_by("at")
        .values_list(
            "at",
            "seconds",
            "bytes_down",
            "bytes_up",
            "connected_seconds",
            "errors",
            "optical_dbm",
            "revision",
        )[:limit]
    )
    return [Reading(*row) for row in rows]


_ADDED_UP = """
    SELECT date_trunc(%(unit)s, at, %(zone)s), sum(seconds)::bigint, sum(bytes_down)::bigint, sum(bytes_up)::bigint,
           sum(connected_seconds)::bigint, sum(errors)::bigint, round(avg(optical_dbm), 2), max(revision)
    FROM lineinfo_measurement
    WHERE line_id = %(line)s AND at >= %(from)s AND at < %(to)s
    GROUP BY 1 ORDER BY 1
"""


def added_up(*, line_id: int, unit: str, from_: datetime, to: datetime) -> list[Reading]:
    """The readings of [from_, to) added up by ``unit`` ("hour" or "day", on the Japanese clock), in order of time."""
    with connection.cursor() as cursor:
        cursor.execute(
            _ADDED_UP, {"unit": unit, "zone": settings.TIME_ZONE, "line": line_id, "from": from_, "to": to}
        )
        return [Reading(*row) for row in cursor.fetchall()]


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
