"""Of which stretches of time nothing was measured on a line, and why."""

from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api import shapes
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import GAP_LIST
from lineinfo.api.lines import seen
from lineinfo.api.queries import GapQuery, checked
from lineinfo.api.times import written
from lineinfo.api.views.base import CallView
from lineinfo.gaps import explained_gaps
from lineinfo.parts import Part


class GapsView(CallView):
    """Gaps are data: missing because of works, a fault or an interruption, or for a reason unknown."""

    part = Part.MEASUREMENTS

    @described("lines_gaps", shapes.GapList, query=GapQuery, example=GAP_LIST, of=ONE_LINE)
    def get(self, request: Request, number: str) -> Response:
        query = checked(GapQuery, request, at=self.at)
        found = seen(self.caller, number, on=self.on)
        from_ = max(query["from"], found.since_moment)
        to = max(min(query["to"], self.at), from_)
        gaps = explained_gaps(contract=found.contract, line=found.line, from_=from_, to=to)
        items = [{"from": written(gap.from_), "to": written(gap.to), "reasons": gap.reasons} for gap in gaps]
        return Response(
            {"line": found.line.number, "from": written(from_), "to": written(to), "items": items}
        )
