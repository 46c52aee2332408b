"""The calls. Written by `make client` from the OpenAPI document: do not change it by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal

from clients.lineinfo.shapes import (
    CallPage,
    CallShape,
    DeliveryShape,
    GapList,
    IncidentPage,
    IncidentReport,
    IncidentShape,
    InterruptionPage,
    InterruptionShape,
    LinePage,
    LineShape,
    MeasurementPage,
    MeasurementShape,
    OutagePage,
    OutageShape,
    StatusShape,
    UsageShape,
    WorkPage,
    WorkShape,
)
from clients.lineinfo.transport import Transport


class Client(Transport):
    """Every call of the API, named as in its document."""

    def calls(
        self,
        *,
        cursor: str | None = None,
        limit: int | None = None,
        whose: Literal["mine", "all"] | None = None,
    ) -> CallPage:
        """Your calls. The log of this API user’s calls, or of all under the contract, the latest first."""
        answer: CallPage = self._json(
            "GET", "/api/v1/calls", {"cursor": cursor, "limit": limit, "whose": whose}
        )
        return answer

    def each_calls(
        self, *, limit: int | None = None, whose: Literal["mine", "all"] | None = None
    ) -> Iterator[CallShape]:
        """Your calls: page after page."""
        cursor: str | None = None
        while True:
            page = self.calls(limit=limit, whose=whose, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def deliveries_send(
        self, body: bytes, *, media_type: Literal["text/csv", "application/x-ndjson"], key: str | None = None
    ) -> DeliveryShape:
        """Deliver line records. For the operator’s own systems, with a system credential. The body is CSV with a heading
        or one JSON object a line, measurements or line statuses, packed with gzip or not, and of bounded size. Good
        rows go in; each bad one is put aside with its line and the reason. The same bytes again are the same delivery
        and change nothing, with a key or without; other bytes under a used key are refused. The state is “received”
        while another worker still loads it: ask again.
        """
        answer: DeliveryShape = self._deliver("POST", "/api/v1/deliveries", body, media_type, key)
        return answer

    def deliveries_one(self, delivery: int) -> DeliveryShape:
        """One delivery. What became of a delivery of line records, and the first 500 rows that were put aside."""
        answer: DeliveryShape = self._json("GET", f"/api/v1/deliveries/{delivery}", {})
        return answer

    def incidents_list(self, *, cursor: str | None = None, limit: int | None = None) -> IncidentPage:
        """Reported credentials. Thefts and misuses of this API user’s credentials, and what the operator instructed, the
        latest first.
        """
        answer: IncidentPage = self._json("GET", "/api/v1/incidents", {"cursor": cursor, "limit": limit})
        return answer

    def each_incidents_list(self, *, limit: int | None = None) -> Iterator[IncidentShape]:
        """Reported credentials: page after page."""
        cursor: str | None = None
        while True:
            page = self.incidents_list(limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def incidents_report(self, body: IncidentReport, *, key: str | None = None) -> IncidentShape:
        """Report a theft or misuse. The credential is blocked at once, be it the one of this call; then the report is
        looked at (article 8).
        """
        answer: IncidentShape = self._json("POST", "/api/v1/incidents", {}, body, key)
        return answer

    def lines_list(self, *, cursor: str | None = None, limit: int | None = None) -> LinePage:
        """Your lines. The lines of your own live target contracts, narrowed to those that this API user may see."""
        answer: LinePage = self._json("GET", "/api/v1/lines", {"cursor": cursor, "limit": limit})
        return answer

    def each_lines_list(self, *, limit: int | None = None) -> Iterator[LineShape]:
        """Your lines: page after page."""
        cursor: str | None = None
        while True:
            page = self.lines_list(limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def lines_one(self, number: str) -> LineShape:
        """One line. The line of that number. Lines of others are not found."""
        answer: LineShape = self._json("GET", f"/api/v1/lines/{number}", {})
        return answer

    def lines_gaps(
        self, number: str, *, from_: str | datetime | None = None, to: str | datetime | None = None
    ) -> GapList:
        """Gaps in the measurements. The stretches of [from, to) of which nothing was measured, with works, fault or
        interruption as the reason.
        """
        answer: GapList = self._json("GET", f"/api/v1/lines/{number}/gaps", {"from": from_, "to": to})
        return answer

    def lines_interruptions(
        self, number: str, *, cursor: str | None = None, limit: int | None = None
    ) -> InterruptionPage:
        """Interruptions of a line. Windows of maintenance or emergency on the line, the latest first."""
        answer: InterruptionPage = self._json(
            "GET", f"/api/v1/lines/{number}/interruptions", {"cursor": cursor, "limit": limit}
        )
        return answer

    def each_lines_interruptions(
        self, number: str, *, limit: int | None = None
    ) -> Iterator[InterruptionShape]:
        """Interruptions of a line: page after page."""
        cursor: str | None = None
        while True:
            page = self.lines_interruptions(number, limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def lines_measurements(
        self,
        number: str,
        *,
        cursor: str | None = None,
        format: Literal["csv", "json", "ndjson"] | None = None,
        from_: str | datetime | None = None,
        limit: int | None = None,
        resolution: Literal["raw", "hour", "day"] | None = None,
        to: str | datetime | None = None,
    ) -> MeasurementPage:
        """Measurements of a line. The intervals that begin in [from, to), in order of time, as measured or added up by
        hour or day. Read on with next_cursor until it is null. Accept application/x-ndjson or text/csv, and the whole
        range comes as a stream, one line an interval. For judging how a line is used; never a basis of credits
        (article 15).
        """
        answer: MeasurementPage = self._json(
            "GET",
            f"/api/v1/lines/{number}/measurements",
            {
                "cursor": cursor,
                "format": format,
                "from": from_,
                "limit": limit,
                "resolution": resolution,
                "to": to,
            },
        )
        return answer

    def each_lines_measurements(
        self,
        number: str,
        *,
        format: Literal["csv", "json", "ndjson"] | None = None,
        from_: str | datetime | None = None,
        limit: int | None = None,
        resolution: Literal["raw", "hour", "day"] | None = None,
        to: str | datetime | None = None,
    ) -> Iterator[MeasurementShape]:
        """Measurements of a line: page after page."""
        cursor: str | None = None
        while True:
            page = self.lines_measurements(
                number, format=format, from_=from_, limit=limit, resolution=resolution, to=to, cursor=cursor
            )
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def stream_lines_measurements(
        self,
        number: str,
        *,
        format: Literal["csv", "json", "ndjson"] | None = None,
        from_: str | datetime | None = None,
        resolution: Literal["raw", "hour", "day"] | None = None,
        to: str | datetime | None = None,
    ) -> Iterator[MeasurementShape]:
        """Measurements of a line: the whole range as a stream."""
        return self._lines(
            f"/api/v1/lines/{number}/measurements",
            {"format": format, "from": from_, "resolution": resolution, "to": to},
        )

    def lines_outages(
        self, number: str, *, cursor: str | None = None, limit: int | None = None
    ) -> OutagePage:
        """Outages of a line. Outages as the operator recorded them, the latest first."""
        answer: OutagePage = self._json(
            "GET", f"/api/v1/lines/{number}/outages", {"cursor": cursor, "limit": limit}
        )
        return answer

    def each_lines_outages(self, number: str, *, limit: int | None = None) -> Iterator[OutageShape]:
        """Outages of a line: page after page."""
        cursor: str | None = None
        while True:
            page = self.lines_outages(number, limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def lines_status(self, number: str) -> StatusShape:
        """Status of a line. What was reported last, and the works, faults and interruptions under way."""
        answer: StatusShape = self._json("GET", f"/api/v1/lines/{number}/status", {})
        return answer

    def lines_works(self, number: str, *, cursor: str | None = None, limit: int | None = None) -> WorkPage:
        """Works on a line. Construction that is planned, under way or done, the latest first."""
        answer: WorkPage = self._json(
            "GET", f"/api/v1/lines/{number}/works", {"cursor": cursor, "limit": limit}
        )
        return answer

    def each_lines_works(self, number: str, *, limit: int | None = None) -> Iterator[WorkShape]:
        """Works on a line: page after page."""
        cursor: str | None = None
        while True:
            page = self.lines_works(number, limit=limit, cursor=cursor)
            yield from page["items"]
            cursor = page["next_cursor"]
            if cursor is None:
                return

    def usage(self) -> UsageShape:
        """Your use. Who you are to us, what is left of your calls in this minute, and how many there were today."""
        answer: UsageShape = self._json("GET", "/api/v1/usage", {})
        return answer
