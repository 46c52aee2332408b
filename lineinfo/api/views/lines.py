"""The caller's lines."""

from typing import Any

from rest_framework.request import Request
from rest_framework.response import Response

from contracts.models import Contract
from lineinfo.api import shapes
from lineinfo.api.cursor import from_cursor, to_cursor
from lineinfo.api.describe import ONE_LINE, described
from lineinfo.api.examples import LINE, LINE_PAGE
from lineinfo.api.lines import seen
from lineinfo.api.queries import PageQuery, checked
from lineinfo.api.views.base import CallView
from lineinfo.rights import right_began, visible_contracts


class LinesView(CallView):
    """All lines that the caller may ask about."""

    @described("lines_list", shapes.LinePage, query=PageQuery, example=LINE_PAGE)
    def get(self, request: Request) -> Response:
        query = checked(PageQuery, request, at=self.at)
        lines = visible_contracts(
            api_contract=self.caller.api_contract, api_user=self.caller.api_user, on=self.on
        ).order_by("line_id")
        if "cursor" in query:
            lines = lines.filter(line_id__gt=from_cursor(query["cursor"]))
        found = list(lines[: query["limit"] + 1])
        page = found[: query["limit"]]
        more = len(found) > len(page)
        return Response(
            {
                "items": [line_body(contract) for contract in page],
                "next_cursor": to_cursor(page[-1].line_id or 0) if more else None,
            }
        )


class LineView(CallView):
    """One line."""

    @described("lines_one", shapes.LineShape, example=LINE, of=ONE_LINE)
    def get(self, request: Request, number: str) -> Response:
        return Response(line_body(seen(self.caller, number, on=self.on).contract))


def line_body(contract: Contract) -> dict[str, Any]:
    """A line as answers show it; no address of the place: an API user can be somebody else's employee."""
    line = contract.line
    assert line is not None  # rights.visible_contracts has only contracts with a line
    return {
        "number": line.number,
        "contract": contract.number,
        "contract_state": contract.state,
        "service": contract.product.name,
        "item": contract.product.item,
        "terminal_point": line.terminal_point,
        "host_exchange": line.host_exchange,
        "since": right_began(contract).isoformat(),
    }
