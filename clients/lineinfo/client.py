"""The calls and the shapes of their answers. Written by `make client` from the OpenAPI document: do not change it by hand."""

from collections.abc import Iterator
from datetime import datetime
from typing import Literal, NotRequired, TypedDict

from clients.lineinfo.transport import Transport


class ArticleShape(TypedDict):
    """The article that a refusal rests on."""

    pack: str
    number: str
    title: str
    summary: str


AsideShapeKindEnum = Literal["bad", "unknown_line", "beyond_retention"]

BlankEnum = Literal[""]


class CallShape(TypedDict):
    """A call in the log."""

    at: str
    method: str
    path: str
    status: int
    code: str
    request_id: str
    credential: str
    api_user: str


CauseEnum = Literal["not_customer", "gross_negligence", "customer"]

CodeEnum = Literal[
    "unauthenticated",
    "suspended",
    "ended",
    "not_found",
    "method_not_allowed",
    "not_acceptable",
    "invalid",
    "key_reused",
    "too_large",
    "unsupported",
    "unreadable",
    "throttled",
    "internal",
    "interrupted",
]

ContractStateEnum = Literal[
    "applied",
    "accepted",
    "active",
    "paused",
    "suspended",
    "halted",
    "ending",
    "ended",
    "refused",
    "withdrawn",
    "cancelled",
]

CredentialState = Literal["active", "rotated"]


class DeliveryCounts(TypedDict):
    """What became of the rows."""

    new: int
    corrected: int
    repeated: int
    late: int
    bad: int
    unknown_lines: int
    beyond_retention: int


DeliveryShapeKindEnum = Literal["measurements", "statuses"]

DeliveryShapeStateEnum = Literal["received", "loaded", "failed"]

EventKind = Literal["works", "fault", "interruption"]


class EventShape(TypedDict):
    """What is going on with a line."""

    kind: EventKind
    since: str
    until: str | None


GapShape = TypedDict(
    "GapShape",
    {
        "from": str,
        "to": str,
        "reasons": list[EventKind],
    },
)


class IncidentReport(TypedDict):
    """A report that a credential of this API user was stolen or misused."""

    credential: str
    happened: str


class IncidentShape(TypedDict):
    """A report, and what the operator instructed. The credential was blocked when it was reported."""

    credential: str
    reported_at: str
    happened: str
    instruction: str
    instructed_at: str | None


class InterruptionShape(TypedDict):
    """A window of maintenance or emergency on a line."""

    title: str
    article: str
    starts_at: str
    ends_at: str
    urgent: bool


class LimitShape(TypedDict):
    """How often this credential may call."""

    per_minute: int
    remaining: int
    resets_in: int


class LineShape(TypedDict):
    """A line of a target contract."""

    number: str
    contract: str
    contract_state: ContractStateEnum
    service: str
    item: str
    terminal_point: str
    host_exchange: str
    since: str


LineState = Literal["up", "down", "unknown"]


class MeasurementShape(TypedDict):
    """The values of one interval that begins at ``at``, or of all that begin in one hour or day."""

    at: str
    seconds: int
    bytes_down: int
    bytes_up: int
    connected_seconds: int
    errors: int
    optical_dbm: float | None
    corrected: bool


class OutageShape(TypedDict):
    """An outage as the operator recorded it."""

    down: str
    known: str
    restored: str | None
    cause: CauseEnum


PartsEnum = Literal["status", "measurements", "events"]

Resolution = Literal["raw", "hour", "day"]


class StatusShape(TypedDict):
    """What is known about a line now. Not guaranteed, and never the basis of an outage credit (article 15)."""

    line: str
    state: LineState
    as_of: str | None
    contract_state: ContractStateEnum
    item: str
    host_exchange: str
    under_way: list[EventShape]


class TodayShape(TypedDict):
    """The calls of this API user since midnight in Japan, without the present one."""

    answered: int
    refused: int


WorkShapeKindEnum = Literal["opening", "relocation", "item_change", "removal", "repair"]

WorkState = Literal["planned", "started", "done", "cancelled"]


class WrongParameter(TypedDict):
    """A parameter that is wrong."""

    name: str
    reason: str


class AsideShape(TypedDict):
    """A row that was put aside."""

    line_number: int
    kind: AsideShapeKindEnum
    reason: str
    text: str


class CallPage(TypedDict):
    """Calls, the latest first."""

    next_cursor: str | None
    items: list[CallShape]


class CredentialShape(TypedDict):
    """The credential of the call. Its secret is shown nowhere."""

    prefix: str
    state: CredentialState
    issued_at: str
    expires_at: str


class DeliveryShape(TypedDict):
    """A delivery of line records."""

    id: int
    state: DeliveryShapeStateEnum
    kind: DeliveryShapeKindEnum | BlankEnum
    sha256: str
    size: int
    received_at: str
    loaded_at: str | None
    failure: str
    counts: DeliveryCounts
    put_aside: list[AsideShape]


GapList = TypedDict(
    "GapList",
    {
        "from": str,
        "line": str,
        "to": str,
        "items": list[GapShape],
    },
)


class IncidentPage(TypedDict):
    """Reports, the latest first."""

    next_cursor: str | None
    items: list[IncidentShape]


class InterruptionPage(TypedDict):
    """Interruptions, the latest first."""

    next_cursor: str | None
    items: list[InterruptionShape]


class LinePage(TypedDict):
    """Lines in the order in which they were set up."""

    next_cursor: str | None
    items: list[LineShape]


MeasurementPage = TypedDict(
    "MeasurementPage",
    {
        "from": str,
        "line": str,
        "to": str,
        "next_cursor": str | None,
        "resolution": Resolution,
        "items": list[MeasurementShape],
    },
)


class OutagePage(TypedDict):
    """Outages, the latest first."""

    next_cursor: str | None
    items: list[OutageShape]


ProblemShape = TypedDict(
    "ProblemShape",
    {
        "type": str,
        "title": str,
        "status": int,
        "code": CodeEnum,
        "detail": str,
        "instance": str,
        "request_id": str,
        "cause": NotRequired[str],
        "article": NotRequired[ArticleShape],
        "reason": NotRequired[str],
        "parts": NotRequired[list[PartsEnum]],
        "through": NotRequired[str | None],
        "last_day": NotRequired[str],
        "until": NotRequired[str],
        "limit": NotRequired[int],
        "delivery": NotRequired[int],
        "retry_after": NotRequired[int],
        "errors": NotRequired[list[WrongParameter]],
        "from": NotRequired[str | None],
    },
)


class UsageShape(TypedDict):
    """Who calls, and how much."""

    api_id: str
    api_user: str
    credential: CredentialShape
    limit: LimitShape
    today: TodayShape


class WorkShape(TypedDict):
    """Construction on a line."""

    kind: WorkShapeKindEnum
    state: WorkState
    planned_at: str
    started_at: str | None
    done_at: str | None


class WorkPage(TypedDict):
    """Works, the latest first."""

    next_cursor: str | None
    items: list[WorkShape]


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
