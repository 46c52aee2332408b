"""Measurements into the partitioned table: by COPY where all are new, else by way of a table beside it."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from django.db import DataError, IntegrityError, connection, transaction

from lineinfo.days import bounds, claim_days
from lineinfo.loading.values import VALUES
from terms.calendar import JAPAN

COLUMNS = ("line_id", "at", "late", *VALUES[1:])
_MEASURED = VALUES[1:]

_NAMES = ", ".join(COLUMNS)
_VALUES = ", ".join(_MEASURED)
_KNOWN = ", ".join(f"known.{name}" for name in _MEASURED)
_GIVEN = ", ".join(f"given.{name}" for name in _MEASURED)
_EXCLUDED = ", ".join(f"excluded.{name}" for name in _MEASURED)
_STAGE = """
    CREATE TEMPORARY TABLE lineinfo_delivered (
        line_id bigint, at timestamptz, late boolean, seconds integer, bytes_down bigint, bytes_up bigint, connected_seconds integer,
        errors integer, optical_dbm numeric(5, 2)
    ) ON COMMIT DROP
"""
# One snapshot for all of it; the days are locked, so nothing else changes meanwhile.
_WRITE = f"""
    WITH given AS (
        SELECT DISTINCT ON (line_id, at) * FROM lineinfo_delivered ORDER BY line_id, at, ctid DESC
    ), superseded AS (
        INSERT INTO lineinfo_supersededreading (line_id, at, {_VALUES}, revision, superseded_at)
        SELECT line_id, at, {_KNOWN}, known.revision, %(received)s
        FROM lineinfo_measurement known JOIN given USING (line_id, at)
        WHERE known.at >= %(from)s AND known.at < %(to)s AND ({_KNOWN}) IS DISTINCT FROM ({_GIVEN})
    ), written AS (
        INSERT INTO lineinfo_measurement AS known ({_NAMES})
        SELECT {_NAMES} FROM given ORDER BY line_id, at
        ON CONFLICT (line_id, at) DO UPDATE
        SET ({_VALUES}, revision) = ({_EXCLUDED}, known.revision + 1)
        WHERE ({_KNOWN}) IS DISTINCT FROM ({_EXCLUDED})
        RETURNING at, revision, late
    )
    SELECT (at AT TIME ZONE %(zone)s)::date, count(*) FILTER (WHERE revision = 0), count(*) FILTER (WHERE revision > 0),
           count(*) FILTER (WHERE revision = 0 AND late)
    FROM written GROUP BY 1 ORDER BY 1
"""


@dataclass(frozen=True, slots=True)
class Written:
    """What became of the rows. The late ones are among the new."""

    new: int = 0
    corrected: int = 0
    repeated: int = 0
    late: int = 0


def append_new(text: str, *, days: Counter[date], late: int) -> Written | None:
    """COPY the rows straight into their partitions. None where that cannot be, because one is there already or is impossible.

    ``text`` is CSV in the order of COLUMNS, ``days`` says how many of its rows lie on which day, ``late`` how many come late. In a
    transaction of the caller.
    """
    if not days:
        return Written()
    claim_days(days)
    try:
        # Django turns the errors of statements into its own by itself, but not those of COPY.
        with connection.wrap_database_errors, transaction.atomic(), connection.cursor() as cursor:
            with cursor.copy(f"COPY lineinfo_measurement ({_NAMES}) FROM STDIN (FORMAT csv)") as copy:
                copy.write(text)
            new = int(cursor.rowcount)
    except (DataError, IntegrityError):
        return None
    _count(days.items())
    return Written(new=new, late=late)


def merge(text: str, *, days: Iterable[date], received: datetime) -> Written:
    """Add the rows that are not there, correct those that have other values, leave the others.

    Of two rows for one interval the later counts. What a correction replaces is kept with the moment ``received``. In a
    transaction of the caller.
    """
    wanted = sorted(set(days))
    if not wanted:
        return Written()
    claim_days(wanted)
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS lineinfo_delivered")
        cursor.execute(_STAGE)
        with cursor.copy(f"COPY lineinfo_delivered ({_NAMES}) FROM STDIN (FORMAT csv)") as copy:
            copy.write(text)
        delivered = int(cursor.rowcount)
        cursor.execute("ANALYZE lineinfo_delivered")
        cursor.execute(
            _WRITE,
            {
                "received": received,
                "from": bounds(wanted[0])[0],
                "to": bounds(wanted[-1])[1],
                "zone": str(JAPAN),
            },
        )
        found = cursor.fetchall()
    _count((day, new) for day, new, _corrected, _late in found)
    new, corrected, late = (sum(row[place] for row in found) for place in (1, 2, 3))
    return Written(new=new, corrected=corrected, repeated=delivered - new - corrected, late=late)


def _count(new: Iterable[tuple[date, int]]) -> None:
    days, counts = zip(*new, strict=True) if (new := list(new)) else ((), ())
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE lineinfo_measurementday SET stored = stored + new"
            " FROM unnest(%s::date[], %s::bigint[]) AS added (added_day, new) WHERE day = added_day",
            [list(days), list(counts)],
        )
