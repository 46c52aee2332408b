"""The partitions of the measurements: one a day of Japan, made ahead and whenever a delivery needs one.

There is no default partition: a row that no day takes is an error, never something that lies unseen. A partition is made beside
the table and attached, which locks less than making it in place.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import connection, transaction

from contracts.moments import start_of
from lineinfo.models import MeasurementDay, SupersededReading

TABLE = "lineinfo_measurement"
_HELD = "line_id, at, seconds, bytes_down, bytes_up, connected_seconds, errors, optical_dbm, revision, late"


@dataclass(frozen=True, slots=True)
class Dropped:
    """How many measurements are gone, and how many were moved aside."""

    count: int
    kept: int


def table_of(day: date) -> str:
    """The name of the day's partition."""
    return f"{TABLE}_{day:%Y%m%d}"


def claim_days(days: Iterable[date]) -> None:
    """Lock the days until the end of the transaction, making the partitions that are not there yet.

    Always in their order, so that two who want some of the same days wait for each other only one way round.
    """
    wanted = sorted(set(days))
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO lineinfo_measurementday (day) SELECT unnest(%s::date[]) ON CONFLICT (day) DO NOTHING RETURNING day",
            [wanted],
        )
        for (day,) in cursor.fetchall():
            _make(day)
        cursor.execute(
            "SELECT 1 FROM lineinfo_measurementday WHERE day = ANY(%s::date[]) ORDER BY day FOR UPDATE",
            [wanted],
        )


def _make(day: date) -> None:
    name = table_of(day)
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TABLE {name} (LIKE {TABLE} INCLUDING DEFAULTS INCLUDING CONSTRAINTS)")
        cursor.execute(
            f"ALTER TABLE {TABLE} ATTACH PARTITION {name} FOR VALUES FROM (%s) TO (%s)", list(bounds(day))
        )


def bounds(day: date) -> tuple[datetime, datetime]:
    """The first moment of the day in Japan and that of the next."""
    return start_of(day), start_of(day + timedelta(days=1))


def drop_day(day: date, *, patience: timedelta, held: Collection[int] = ()) -> Dropped:
    """Drop the day's partition with all that is in it, and what corrections replaced on that day.

    The measurements of the lines ``held`` are moved aside first. Readers hold it up for ``patience`` at most: then
    django.db.OperationalError, and nothing is dropped.
    """
    with transaction.atomic(), connection.cursor() as cursor:
        row = MeasurementDay.objects.select_for_update().get(day=day)
        kept = _keep_aside(day, held) if held else 0
        cursor.execute(
            "SELECT set_config('lock_timeout', %s, true)", [f"{int(patience.total_seconds() * 1000)}ms"]
        )
        cursor.execute(f"DROP TABLE {table_of(day)}")
        from_, to = bounds(day)
        replaced = SupersededReading.objects.filter(at__gte=from_, at__lt=to).exclude(line_id__in=held)
        replaced._raw_delete(replaced.db)  # in the database, however many they are
        row.delete()
        return Dropped(row.stored - kept, kept)


def _keep_aside(day: date, lines: Collection[int]) -> int:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO lineinfo_heldmeasurement ({_HELD}) SELECT {_HELD} FROM {table_of(day)} WHERE line_id = ANY(%s)"
            " ON CONFLICT DO NOTHING",
            [list(lines)],
        )
        return int(cursor.rowcount)
