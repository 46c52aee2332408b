"""What was measured on a line."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.http import HttpResponse, StreamingHttpResponse
from django.utils.translation import gettext as _
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request

from contracts.moments import japan_date, start_of
from lineinfo.api import shapes
from lineinfo.api.cursor import from_cursor, to_cursor
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import MEASUREMENT_LINES, MEASUREMENT_PAGE
from lineinfo.api.lines import right
from lineinfo.api.problems import invalid
from lineinfo.api.queries import MOST_MEASUREMENTS, MeasurementQuery, checked
from lineinfo.api.reading_lines import JSON, STREAMS, CsvLines, NdjsonLines
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.measurements import STEPS, added_up, raw_readings
from lineinfo.parts import Part

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


@dataclass(frozen=True)
class Series:
    """The readings of a line in [from, to), as measured or added up, in a form of reading_lines."""

    line_id: int
    unit: str
    to: datetime
    form: str

    def page(self, begin: datetime, limit: int) -> tuple[list[str], datetime | None]:
        """A page of readings from ``begin`` on, and the start of the one after it."""
        if self.unit == "raw":
            return raw_readings(line_id=self.line_id, from_=begin, to=self.to, limit=limit, form=self.form)
        # Whole hours or days from the first on: a page must not cut one in two.
        hour = begin.replace(minute=0, second=0, microsecond=0)
        end = (hour if self.unit == "hour" else start_of(japan_date(begin))) + limit * STEPS[self.unit]
        items = added_up(
            line_id=self.line_id, unit=self.unit, from_=begin, to=min(end, self.to), form=self.form
        )
        return items, end if end < self.to else None

    def pages(self, begin: datetime) -> Iterator[list[str]]:
        """All of them from ``begin`` on, one page in memory at a time."""
        following: datetime | None = begin
        while following is not None:
            items, following = self.page(following, MOST_MEASUREMENTS)
            yield items


class MeasurementsView(CallView):
    """Measurements of a range of time: in pages that begin where the one before ended, or the whole range as a stream."""

    part = Part.MEASUREMENTS
    renderer_classes = [JSONRenderer, NdjsonLines, CsvLines]

    @described(
        "lines_measurements",
        shapes.MeasurementPage,
        query=MeasurementQuery,
        example=MEASUREMENT_PAGE,
        streams=MEASUREMENT_LINES,
        of=ONE_LINE,
    )
    def get(self, request: Request, number: str) -> HttpResponse | StreamingHttpResponse:
        query = checked(MeasurementQuery, request, at=self.at)
        found = right(self.caller, number, on=self.on)
        from_ = max(query["from"], start_of(found.since))
        media_type = request.accepted_renderer.media_type
        first_line, form = STREAMS.get(media_type, ("", JSON))
        series = Series(line_id=found.line_id, unit=query["resolution"], to=query["to"], form=form)
        if media_type in STREAMS:
            return _stream(series, from_, media_type, first_line, request)
        begin = max(from_, _moment(from_cursor(query["cursor"]))) if "cursor" in query else from_
        items, following = series.page(begin, query["limit"])
        head = {
            "line": number,
            "from": written(from_),
            "to": written(series.to),
            "resolution": series.unit,
        }
        tail = {"next_cursor": to_cursor((following - _EPOCH) // _MICROSECOND) if following else None}
        return HttpResponse(
            f'{_json(head)[:-1]},"items":[{",".join(items)}],{_json(tail)[1:]}',
            content_type=JSONRenderer.media_type,
            headers={"Vary": "Accept"},
        )


def _stream(
    series: Series, begin: datetime, media_type: str, first_line: str, request: Request
) -> StreamingHttpResponse:
    for name in ("limit", "cursor"):
        if name in request.query_params:
            raise invalid({name: [_("A stream is the whole range; leave it out.")]})

    def lines() -> Iterator[str]:
        yield first_line
        for readings in series.pages(begin):
            yield "".join(readings)

    return StreamingHttpResponse(lines(), content_type=media_type, headers={"Vary": "Accept"})


def _json(members: dict[str, str | None]) -> str:
    return json.dumps(members, separators=(",", ":"))


def _moment(microseconds: int) -> datetime:
    try:
        return _EPOCH + microseconds * _MICROSECOND
    except OverflowError:
        return datetime.max.replace(tzinfo=UTC)
