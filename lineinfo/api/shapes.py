"""The shapes of the answers, as the OpenAPI document describes them.

Answers are built as plain dictionaries, which is faster; the tests hold them against these shapes.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers

from contracts.models import Contract, Interruption, Outage, Work
from lineinfo.api.problems import KINDS
from lineinfo.models import BadRow, LineBatch, LineStatus
from lineinfo.parts import Part

EVENT_KINDS = ["works", "fault", "interruption"]
RESOLUTIONS = ["raw", "hour", "day"]
WORKING = ["active", "rotated"]


Shape = serializers.Serializer[Any]


class NextCursor(Shape):
    """The end of a page."""

    next_cursor = serializers.CharField(
        allow_null=True, help_text=_("Give it as “cursor” to read on; null where nothing follows.")
    )


class LineShape(Shape):
    """A line of a target contract."""

    number = serializers.CharField(help_text=_("The line number."))
    contract = serializers.CharField(help_text=_("The number of the contract for the line."))
    contract_state = serializers.ChoiceField(choices=Contract.State.values)
    service = serializers.CharField(help_text=_("The name of the target service."))
    item = serializers.CharField(allow_blank=True, help_text=_("The item (品目), such as 1Gb/s."))
    terminal_point = serializers.CharField(allow_blank=True)
    host_exchange = serializers.CharField(allow_blank=True)
    since = serializers.DateField(help_text=_("The first day whose records you may read."))


class LinePage(NextCursor):
    """Lines in the order in which they were set up."""

    items = LineShape(many=True)


class EventShape(Shape):
    """What is going on with a line."""

    kind = serializers.ChoiceField(choices=EVENT_KINDS)
    since = serializers.DateTimeField()
    until = serializers.DateTimeField(allow_null=True, help_text=_("null where the end is not known."))


class StatusShape(Shape):
    """What is known about a line now. Not guaranteed, and never the basis of an outage credit (article 15)."""

    line = serializers.CharField()
    state = serializers.ChoiceField(choices=LineStatus.State.values)
    as_of = serializers.DateTimeField(allow_null=True, help_text=_("null where nothing was reported yet."))
    contract_state = serializers.ChoiceField(choices=Contract.State.values)
    item = serializers.CharField(allow_blank=True)
    host_exchange = serializers.CharField(allow_blank=True)
    under_way = EventShape(many=True)


class MeasurementShape(Shape):
    """The values of one interval that begins at ``at``, or of all that begin in one hour or day."""

    at = serializers.DateTimeField()
    seconds = serializers.IntegerField(min_value=1, help_text=_("How long was measured."))
    bytes_down = serializers.IntegerField(min_value=0)
    bytes_up = serializers.IntegerField(min_value=0)
    connected_seconds = serializers.IntegerField(min_value=0)
    errors = serializers.IntegerField(min_value=0)  # type: ignore[assignment]  # the metaclass takes it out of the class
    optical_dbm = serializers.FloatField(allow_null=True)
    corrected = serializers.BooleanField(help_text=_("Whether other values had been given before."))


class RangeShape(Shape):
    """The line and the range that an answer is about."""

    line = serializers.CharField()
    to = serializers.DateTimeField()

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that Python lets a class have."""
        start = serializers.DateTimeField(help_text=_("Not before the day from which you may read."))
        return {"from": start, **super().get_fields()}


class MeasurementPage(RangeShape, NextCursor):
    """Measurements in order of time. By hour or day a page can be empty and yet have a next one."""

    resolution = serializers.ChoiceField(choices=RESOLUTIONS)
    items = MeasurementShape(many=True)


class GapShape(Shape):
    """A stretch of which nothing was measured, and what was going on then. Without a reason it is unknown."""

    to = serializers.DateTimeField()
    reasons = serializers.ListField(child=serializers.ChoiceField(choices=EVENT_KINDS))

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that Python lets a class have."""
        return {"from": serializers.DateTimeField(), **super().get_fields()}


class GapList(RangeShape):
    """Gaps in order of time, up to now at most."""

    items = GapShape(many=True)


class WorkShape(Shape):
    """Construction on a line."""

    kind = serializers.ChoiceField(choices=Work.Kind.values)
    state = serializers.ChoiceField(choices=Work.State.values)
    planned_at = serializers.DateTimeField()
    started_at = serializers.DateTimeField(allow_null=True)
    done_at = serializers.DateTimeField(allow_null=True)


class WorkPage(NextCursor):
    """Works, the latest first."""

    items = WorkShape(many=True)


class OutageShape(Shape):
    """An outage as the operator recorded it."""

    down = serializers.DateTimeField()
    known = serializers.DateTimeField()
    restored = serializers.DateTimeField(allow_null=True)
    cause = serializers.ChoiceField(choices=Outage.Cause.values)


class OutagePage(NextCursor):
    """Outages, the latest first."""

    items = OutageShape(many=True)


class InterruptionShape(Shape):
    """A window of maintenance or emergency on a line."""

    title = serializers.CharField(max_length=Interruption._meta.get_field("title").max_length)
    article = serializers.CharField()
    starts_at = serializers.DateTimeField()
    ends_at = serializers.DateTimeField()
    urgent = serializers.BooleanField()


class InterruptionPage(NextCursor):
    """Interruptions, the latest first."""

    items = InterruptionShape(many=True)


class LimitShape(Shape):
    """How often this credential may call."""

    per_minute = serializers.IntegerField()
    remaining = serializers.IntegerField()
    resets_in = serializers.IntegerField(help_text=_("Seconds until the count starts anew."))


class CredentialShape(Shape):
    """The credential of the call. Its secret is shown nowhere."""

    prefix = serializers.CharField()
    state = serializers.ChoiceField(choices=WORKING)
    issued_at = serializers.DateTimeField()
    expires_at = serializers.DateTimeField(help_text=_("When it stops working; use its successor by then."))


class TodayShape(Shape):
    """The calls of this API user since midnight in Japan, without the present one."""

    answered = serializers.IntegerField()
    refused = serializers.IntegerField()


class UsageShape(Shape):
    """Who calls, and how much."""

    api_id = serializers.CharField()
    api_user = serializers.CharField()
    credential = CredentialShape()
    limit = LimitShape()
    today = TodayShape()


class CallShape(Shape):
    """A call in the log."""

    at = serializers.DateTimeField()
    method = serializers.CharField()
    path = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.CharField(
        allow_blank=True, help_text=_("The code of the refusal; empty where it was answered.")
    )
    request_id = serializers.CharField()
    credential = serializers.CharField(help_text=_("The prefix of the credential."))
    api_user = serializers.CharField()


class CallPage(NextCursor):
    """Calls, the latest first."""

    items = CallShape(many=True)


class IncidentReport(Shape):
    """A report that a credential of this API user was stolen or misused."""

    credential = serializers.CharField(max_length=12, help_text=_("The prefix of the credential."))
    happened = serializers.CharField(
        max_length=2000, help_text=_("When it was noticed, and what may have been done.")
    )


class IncidentShape(Shape):
    """A report, and what the operator instructed. The credential was blocked when it was reported."""

    credential = serializers.CharField(help_text=_("The prefix of the credential."))
    reported_at = serializers.DateTimeField()
    happened = serializers.CharField()
    instruction = serializers.CharField(allow_blank=True)
    instructed_at = serializers.DateTimeField(allow_null=True)


class IncidentPage(NextCursor):
    """Reports, the latest first."""

    items = IncidentShape(many=True)


class DeliveryCounts(Shape):
    """What became of the rows."""

    new = serializers.IntegerField(help_text=_("Stored."))
    corrected = serializers.IntegerField(help_text=_("Stored in place of other values, which are kept."))
    repeated = serializers.IntegerField(help_text=_("There already."))
    late = serializers.IntegerField(help_text=_("Stored, long after their interval."))
    bad = serializers.IntegerField(help_text=_("Put aside: the row is wrong."))
    unknown_lines = serializers.IntegerField(help_text=_("Put aside: there is no such line."))
    beyond_retention = serializers.IntegerField(help_text=_("Put aside: such old records are not kept."))


class AsideShape(Shape):
    """A row that was put aside."""

    line_number = serializers.IntegerField(min_value=1, help_text=_("From 1; a heading counts."))
    kind = serializers.ChoiceField(choices=BadRow.Kind.values)
    reason = serializers.CharField()
    text = serializers.CharField(allow_blank=True, help_text=_("As delivered, cut where too long."))


class DeliveryShape(Shape):
    """A delivery of line records."""

    id = serializers.IntegerField()
    state = serializers.ChoiceField(choices=LineBatch.State.values)
    kind = serializers.ChoiceField(
        choices=["", *LineBatch.Kind.values], help_text=_("Empty while it has not been read.")
    )
    sha256 = serializers.CharField(help_text=_("Of the body, unpacked."))
    size = serializers.IntegerField(help_text=_("Bytes, unpacked."))
    received_at = serializers.DateTimeField()
    loaded_at = serializers.DateTimeField(allow_null=True)
    failure = serializers.CharField(allow_blank=True, help_text=_("Why it was not loaded."))
    counts = DeliveryCounts()
    put_aside = AsideShape(many=True)


class ArticleShape(Shape):
    """The article that a refusal rests on."""

    pack = serializers.CharField()
    number = serializers.CharField()
    title = serializers.CharField(allow_blank=True)
    summary = serializers.CharField(allow_blank=True)


class WrongParameter(Shape):
    """A parameter that is wrong."""

    name = serializers.CharField()
    reason = serializers.CharField()


class ProblemShape(Shape):
    """A refusal (RFC 9457). The code is stable; further members depend on it."""

    type = serializers.CharField(help_text=_("Where this kind of problem is explained."))
    title = serializers.CharField()
    status = serializers.IntegerField()
    code = serializers.ChoiceField(choices=list(KINDS))
    detail = serializers.CharField()
    instance = serializers.CharField()
    request_id = serializers.CharField()
    cause = serializers.CharField(
        required=False, help_text=_("unauthenticated: what is wrong with the credential.")
    )
    article = ArticleShape(required=False)
    reason = serializers.CharField(required=False)
    parts = serializers.ListField(
        child=serializers.ChoiceField(choices=Part.values),
        required=False,
        help_text=_("suspended, ended, interrupted: the parts that are closed; left out where all are."),
    )
    through = serializers.DateField(required=False, allow_null=True, help_text=_("suspended: the last day."))
    last_day = serializers.DateField(
        required=False, help_text=_("ended: the last day of the contract, or of the part.")
    )
    until = serializers.DateTimeField(required=False, help_text=_("interrupted: when it is over."))
    limit = serializers.IntegerField(
        required=False, help_text=_("throttled: calls a minute; too_large: bytes.")
    )
    delivery = serializers.IntegerField(required=False, help_text=_("unreadable: the ID of the delivery."))
    retry_after = serializers.IntegerField(required=False, help_text=_("Seconds, as in Retry-After."))
    errors = WrongParameter(many=True, required=False, help_text=_("invalid: what is wrong."))  # type: ignore[assignment]  # the metaclass takes it out of the class

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that Python lets a class have."""
        first = serializers.DateField(
            required=False, allow_null=True, help_text=_("suspended: the first day.")
        )
        return {**super().get_fields(), "from": first}
