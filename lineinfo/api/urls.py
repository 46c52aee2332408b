"""The addresses of the API and its documentation, below /api/."""

from django.urls import path, register_converter
from django.urls.converters import StringConverter
from django.views.generic import RedirectView

from lineinfo.api.views import (
    deliveries,
    docs,
    gaps,
    happenings,
    incidents,
    lines,
    measurements,
    nothing,
    status,
    usage,
)


class LineNumberConverter(StringConverter):
    """What a line number can be made of; anything else is no line of anybody."""

    regex = "[A-Za-z0-9-]{1,20}"


register_converter(LineNumberConverter, "line_number")

app_name = "lineinfo-api"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="lineinfo-api:docs"), name="root"),
    path("schema/", docs.SchemaView.as_view(), name="schema"),
    path("docs/", docs.DocsView.as_view(), name="docs"),
    path("problems/", docs.ProblemsView.as_view(), name="problems"),
    path("v1/", nothing.NothingView.as_view(), name="v1-root"),
    path("v1/lines", lines.LinesView.as_view(), name="lines"),
    path("v1/lines/<line_number:number>", lines.LineView.as_view(), name="line"),
    path("v1/lines/<line_number:number>/status", status.StatusView.as_view(), name="status"),
    path(
        "v1/lines/<line_number:number>/measurements",
        measurements.MeasurementsView.as_view(),
        name="measurements",
    ),
    path("v1/lines/<line_number:number>/gaps", gaps.GapsView.as_view(), name="gaps"),
    path("v1/lines/<line_number:number>/works", happenings.WorksView.as_view(), name="works"),
    path("v1/lines/<line_number:number>/outages", happenings.OutagesView.as_view(), name="outages"),
    path(
        "v1/lines/<line_number:number>/interruptions",
        happenings.InterruptionsView.as_view(),
        name="interruptions",
    ),
    path("v1/usage", usage.UsageView.as_view(), name="usage"),
    path("v1/incidents", incidents.IncidentsView.as_view(), name="incidents"),
    path("v1/deliveries", deliveries.DeliveriesView.as_view(), name="deliveries"),
    path("v1/deliveries/<int:delivery>", deliveries.DeliveryView.as_view(), name="delivery"),
    path("v1/calls", usage.CallsView.as_view(), name="calls"),
    path("v1/<path:rest>", nothing.NothingView.as_view()),
]
