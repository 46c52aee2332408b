"""What may stand in the query of a call, checked before anything is read."""

from datetime import datetime, timedelta
from functools import cache
from typing import Any, TypeVar, cast

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.request import Request

from lineinfo.api.moment import Moment
from lineinfo.api.problems import invalid
from lineinfo.api.shapes import RESOLUTIONS, Shape

LONGEST_GAP_SEARCH = timedelta(days=31)
DEFAULT_RANGE = timedelta(hours=24)
MOST_MEASUREMENTS = 5000
MOST_ROWS = 500
S = TypeVar("S", bound=Shape)


class PageQuery(Shape):
    """A page of a list."""

    cursor = serializers.CharField(
        required=False, max_length=40, help_text=_("next_cursor of the page before.")
    )
    limit = serializers.IntegerField(
        required=False, default=100, min_value=1, max_value=MOST_ROWS, help_text=_("How many at most.")
    )


class CallQuery(PageQuery):
    """A page of the log."""

    whose = serializers.ChoiceField(
        required=False,
        default="mine",
        choices=["mine", "all"],
        help_text=_(
            "The calls of this API user, or of all under the contract, where the contractor allows it."
        ),
    )


class RangeQuery(Shape):
    """A half-open range of time [from, to): by default the last 24 hours."""

    to = Moment(required=False, help_text=_("End of the range, not included; now where left out."))

    def get_fields(self) -> dict[str, Any]:
        """``from`` is no name that Python lets a class have."""
        start = Moment(
            required=False,
            help_text=_("Start of the range, included; 24 hours before its end where left out."),
        )
        return {"from": start, **super().get_fields()}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs.setdefault("from", attrs["to"] - DEFAULT_RANGE)
        if attrs["from"] >= attrs["to"]:
            raise serializers.ValidationError({"to": _("The end must lie after the start.")})
        return attrs


class MeasurementQuery(RangeQuery):
    """A range of measurements, in pages."""

    resolution = serializers.ChoiceField(
        required=False,
        default="raw",
        choices=RESOLUTIONS,
        help_text=_("As measured, or added up by hour or by day (Japan time)."),
    )
    cursor = serializers.CharField(
        required=False, max_length=40, help_text=_("next_cursor of the page before.")
    )
    limit = serializers.IntegerField(
        required=False,
        default=1000,
        min_value=1,
        max_value=MOST_MEASUREMENTS,
        help_text=_("How many at most."),
    )


class GapQuery(RangeQuery):
    """A range of at most 31 days."""

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        attrs = super().validate(attrs)
        if attrs["to"] - attrs["from"] > LONGEST_GAP_SEARCH:
            raise serializers.ValidationError({"to": _("At most 31 days at a time.")})
        return attrs


def checked_body(kind: type[S], request: Request) -> dict[str, Any]:
    """The members of the body. Problem "invalid" names each that is wrong or unknown."""
    data = request.data if isinstance(request.data, dict) else {}
    body = kind(data=data)
    errors: dict[str, list[str]] = {}
    if not body.is_valid():
        errors = {name: [str(error) for error in found] for name, found in body.errors.items()}
    for name in data:
        if name not in body.fields:
            # A lone surrogate can be sent in JSON, and not be sent back.
            shown = str(name).encode("utf-8", "replace").decode()
            errors[shown] = [str(_("There is no such parameter."))]
    if errors:
        raise invalid(errors)
    return dict(body.validated_data)


def checked(kind: type[S], request: Request, *, at: datetime) -> dict[str, Any]:
    """The parameters of the query. Problem "invalid" names each that is wrong, unknown, or given twice."""
    query = _reader(kind, get_language())
    given = request.query_params.dict()
    if "to" in query.fields:
        given.setdefault("to", at.isoformat())
    errors: dict[str, list[str]] = {}
    values: dict[str, Any] = {}
    try:
        values = query.run_validation(given)
    except serializers.ValidationError as error:
        wrong = cast("dict[str, list[Any]]", error.detail)
        errors = {name: [str(reason) for reason in reasons] for name, reasons in wrong.items()}
    for name, found in request.query_params.lists():
        if name not in query.fields:
            errors[name] = [str(_("There is no such parameter."))]
        elif len(found) > 1:
            errors[name] = [str(_("Give it once."))]
    if errors:
        raise invalid(errors)
    return values


@cache
def _reader(kind: type[S], language: str | None) -> S:
    """One that reads every query of its kind: making one costs more than reading. Of each language one: they keep their words."""
    return kind()
