"""Readings as PostgreSQL writes them for an answer: as the members of a JSON answer, as lines of NDJSON, as lines of CSV."""

from django.conf import settings
from rest_framework.renderers import BaseRenderer

# RFC 3339 on the Japanese clock, as times.written.
_AT = f"overlay((at AT TIME ZONE '{settings.TIME_ZONE}')::text PLACING 'T' FROM 11), '+09:00'"
_DBM, _CORRECTED = "optical_dbm::float8::text", "(revision > 0)::text"

JSON = f"""
    concat('{{"at":"', {_AT}, '","seconds":', seconds, ',"bytes_down":', bytes_down, ',"bytes_up":', bytes_up,
           ',"connected_seconds":', connected_seconds, ',"errors":', errors, ',"optical_dbm":', coalesce({_DBM}, 'null'),
           ',"corrected":', {_CORRECTED}, '}}')
"""
"""An object with the members of shapes.MeasurementShape."""

_HEADING = "at,seconds,bytes_down,bytes_up,connected_seconds,errors,optical_dbm,corrected\r\n"
# RFC 4180; an empty field where there is no value. No value can need a quote.
_CSV = f"""
    concat({_AT}, ',', seconds, ',', bytes_down, ',', bytes_up, ',', connected_seconds, ',', errors, ',', {_DBM},
           ',', {_CORRECTED}, '\r\n')
"""


class NdjsonLines(BaseRenderer):
    """Offered to who accepts it; the view streams it itself."""

    media_type = "application/x-ndjson"
    format = "ndjson"


class CsvLines(BaseRenderer):
    """Offered to who accepts it; the view streams it itself."""

    media_type = "text/csv"
    format = "csv"


STREAMS = {
    NdjsonLines.media_type: ("", f"{JSON} || '\n'"),
    CsvLines.media_type: (_HEADING, _CSV),
}
"""For each media type of a stream: its first line, and the form of a reading."""
