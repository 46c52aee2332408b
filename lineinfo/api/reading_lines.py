"""Readings as they are written: as the members of a JSON answer, as lines of NDJSON, as lines of CSV."""

import json
from collections.abc import Callable, Iterable

from rest_framework.renderers import BaseRenderer

from lineinfo.api.times import written
from lineinfo.measurements import Reading

Body = dict[str, object]
COLUMNS = (
    "at",
    "seconds",
    "bytes_down",
    "bytes_up",
    "connected_seconds",
    "errors",
    "optical_dbm",
    "corrected",
)


def body_of(reading: Reading) -> Body:
    """The reading with the members of shapes.MeasurementShape."""
    return {
        "at": written(reading.at),
        "seconds": reading.seconds,
        "bytes_down": reading.bytes_down,
        "bytes_up": reading.bytes_up,
        "connected_seconds": reading.connected_seconds,
        "errors": reading.errors,
        "optical_dbm": None if reading.optical_dbm is None else float(reading.optical_dbm),
        "corrected": reading.revision > 0,
    }


def ndjson(readings: Iterable[Reading]) -> str:
    """One JSON object a line."""
    return "".join(f"{json.dumps(body_of(reading), separators=(',', ':'))}\n" for reading in readings)


def csv(readings: Iterable[Reading]) -> str:
    """One reading a line (RFC 4180); an empty field where there is no value. No value can need a quote."""
    rows = (body_of(reading).values() for reading in readings)
    return "".join(f"{','.join(map(_field, row))}\r\n" for row in rows)


def _field(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    return "" if value is None else str(value)


class NdjsonLines(BaseRenderer):
    """Offered to who accepts it; the view streams it itself."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class CsvLines(BaseRenderer):
    """Offered to who accepts it; the view streams it itself."""

    media_type = "text/csv"
    format = "csv"


STREAMS: dict[str, tuple[str, Callable[[Iterable[Reading]], str]]] = {
    NdjsonLines.media_type: ("", ndjson),
    CsvLines.media_type: (",".join(COLUMNS) + "\r\n", csv),
}
"""For each media type of a stream: its first line, and how readings follow."""
