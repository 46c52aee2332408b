"""The shapes of what is sent and answered. Written by `make client` from the OpenAPI document: do not change it by hand."""

from typing import Literal, NotRequired, TypedDict


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
