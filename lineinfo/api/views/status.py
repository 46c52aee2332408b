"""The status of a line now."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import STATUS
from lineinfo.api.lines import Seen, seen
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.events import events_between
from lineinfo.models import LineStatus
from lineinfo.parts import Part


class StatusView(CallView):
    """The last status that was reported, and what is going on with the line."""

    part = Part.STATUS

    @described("lines_status", shapes.StatusShape, example=STATUS, of=ONE_LINE)
    def get(self, request: Request, number: str) -> Response:
        return Response(self._body(seen(self.caller, number, on=self.on)))

    def _body(self, found: Seen) -> dict[str, Any]:
        status = LineStatus.objects.filter(line=found.line, as_of__gte=found.since_moment).first()
        now = events_between(contract=found.contract, line=found.line, from_=self.at, to=self.at)
        return {
            "line": found.line.number,
            "state": status.state if status else LineStatus.State.UNKNOWN,
            "as_of": written(status.as_of) if status else None,
            "contract_state": found.contract.state,
            "item": (status.item if status else "") or found.contract.product.item,
            "host_exchange": (status.host_exchange if status else "") or found.line.host_exchange,
            "under_way": [
                {"kind": event.kind, "since": written(event.from_), "until": written(event.to)}
                for event in now
            ],
        }
