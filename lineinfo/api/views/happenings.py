"""Works, outages and interruptions of a line."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contracts.models import Interruption, Outage, Work
from lineinfo.api import shapes
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import INTERRUPTION_PAGE, OUTAGE_PAGE, WORK_PAGE
from lineinfo.api.latest_first import latest_first
from lineinfo.api.lines import seen
from lineinfo.api.queries import PageQuery
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.events import interruptions_of, outages_of, works_of
from lineinfo.parts import Part


class WorksView(CallView):
    """Construction on the line, planned, under way and done."""

    part = Part.EVENTS

    @described("lines_works", shapes.WorkPage, query=PageQuery, example=WORK_PAGE, of=ONE_LINE)
    def get(self, request: Request, number: str) -> Response:
        found = seen(self.caller, number, on=self.on)
        return latest_first(request, works_of(found.contract, found.since_moment), _work, at=self.at)


class OutagesView(CallView):
    """Outages of the line. What is paid back for them follows from the contract for the line alone."""

    part = Part.EVENTS

    @described("lines_outages", shapes.OutagePage, query=PageQuery, example=OUTAGE_PAGE, of=ONE_LINE)
    def get(self, request: Request, number: str) -> Response:
        found = seen(self.caller, number, on=self.on)
        return latest_first(request, outages_of(found.line, found.since_moment), _outage, at=self.at)


class InterruptionsView(CallView):
    """Windows of maintenance or emergency on the line."""

    part = Part.EVENTS

    @described(
        "lines_interruptions",
        shapes.InterruptionPage,
        query=PageQuery,
        example=INTERRUPTION_PAGE,
        of=ONE_LINE,
    )
    def get(self, request: Request, number: str) -> Response:
        found = seen(self.caller, number, on=self.on)
        return latest_first(
            request, interruptions_of(found.line, found.since_moment), _interruption, at=self.at
        )


def _work(work: Work) -> dict[str, Any]:
    return {
        "kind": work.kind,
        "state": work.state,
        "planned_at": written(work.planned_at),
        "started_at": written(work.started_at),
        "done_at": written(work.done_at),
    }


def _outage(outage: Outage) -> dict[str, Any]:
    return {
        "down": written(outage.down),
        "known": written(outage.known),
        "restored": written(outage.restored),
        "cause": outage.cause,
    }


def _interruption(window: Interruption) -> dict[str, Any]:
    start, stop = window.lasted
    return {
        "title": window.title,
        "article": window.article,
        "starts_at": written(start),
        "ends_at": written(stop),
        "urgent": window.urgent,
    }
