"""Readings as they are written: as the members of a JSON answer, as lines of NDJSON, as lines of CSV."""

from collections.abc import Callable, Iterable

from rest_framework.renderers import BaseRenderer

from lineinfo.api.times import written
from lineinfo.measurements import Reading

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


def json_of(reading: Reading) -> str:
    """The reading as a JSON object with the members of shapes.MeasurementShape, written straight out: there are many of them."""
    dbm = "null" if reading.optical_dbm is None else float(reading.optical_dbm)
    return (
        f'{{"at":"{written(reading.at)}","seconds":{reading.seconds},"bytes_down":{reading.bytes_down},'
        f'"bytes_up":{reading.bytes_up},"connected_seconds":{reading.connected_seconds},"errors":{reading.errors},'
        f'"optical_dbm":{dbm},"corrected":{"true" if reading.revision > 0 else "false"}}}'
    )


def ndjson(readings: Iterable[Reading]) -> str:
    """One JSON object a line."""
    return "".join(f"{json_of(reading)}\n" for reading in readings)


def csv(readings: Iterable[Reading]) -> str:
    """One reading a line (RFC 4180); an empty field where there is no value. No value can need a quote."""
    return "".join(
        f"{written(reading.at)},{reading.seconds},{reading.bytes_down},{reading.bytes_up},{reading.connected_seconds},"
        f"{reading.errors},{'' if reading.optical_dbm is None else float(reading.optical_dbm)},"
        f"{'true' if reading.revision > 0 else 'false'}\r\n"
        for reading in readings
    )


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
