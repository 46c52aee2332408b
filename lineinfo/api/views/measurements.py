"""What was measured on a line."""

from datetime import UTC, datetime, timedelta
from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contracts.moments import japan_date, start_of
from lineinfo.api import shapes
from lineinfo.api.cursor import from_cursor, to_cursor
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import MEASUREMENT_PAGE
from lineinfo.api.lines import seen
from lineinfo.api.queries import MeasurementQuery, checked
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.measurements import STEPS, Reading, added_up, raw_readings

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class MeasurementsView(CallView):
    """Measurements of a range of time, in pages that begin where the one before ended."""

    @described(
        "lines_measurements",
        shapes.MeasurementPage,
        query=MeasurementQuery,
        example=MEASUREMENT_PAGE,
        of=ONE_LINE,
    )
    def get(self, request: Request, number: str) -> Response:
        query = checked(MeasurementQuery, request, at=self.at)
        found = seen(self.caller, number, on=self.on)
        from_, to = max(query["from"], found.since_moment), query["to"]
        begin = max(from_, _moment(from_cursor(query["cursor"]))) if "cursor" in query else from_
        unit, limit = query["resolution"], query["limit"]
        line_id = found.line.pk
        if unit == "raw":
            items, following = _raw_page(line_id, begin, to, limit)
        else:
            items, following = _added_page(line_id, unit, begin, to, limit)
        return Response(
            {
                "line": found.line.number,
                "from": written(from_),
                "to": written(to),
                "resolution": unit,
                "items": [_body(reading) for reading in items],
                "next_cursor": to_cursor((following - _EPOCH) // _MICROSECOND) if following else None,
            }
        )


def _raw_page(
    line_id: int, begin: datetime, to: datetime, limit: int
) -> tuple[list[Reading], datetime | None]:
    """A page of single readings, and the start of the one after it."""
    found = raw_readings(line_id=line_id, from_=begin, to=to, limit=limit + 1)
    return found[:limit], found[limit].at if len(found) > limit else None


def _added_page(
    line_id: int, unit: str, begin: datetime, to: datetime, limit: int
) -> tuple[list[Reading], datetime | None]:
    """The readings of ``limit`` whole hours or days, and the start of the hour or day after them."""
    # Whole units from the first on: a page must not cut one in two.
    first = (
        begin.replace(minute=0, second=0, microsecond=0) if unit == "hour" else start_of(japan_date(begin))
    )
    end = first + limit * STEPS[unit]
    return added_up(line_id=line_id, unit=unit, from_=begin, to=min(end, to)), end if end < to else None


def _moment(microseconds: int) -> datetime:
    try:
        return _EPOCH + microseconds * _MICROSECOND
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)


def _body(reading: Reading) -> dict[str, Any]:
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
