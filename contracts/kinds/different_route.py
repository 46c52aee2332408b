"""A route other than the usual one for a line (契約者回線の異経路, hikari-line 18). It is built before it is used."""

from datetime import date

from contracts.kinds.details import day, free_text, text
from contracts.kinds.kind import RequestKind
from contracts.models import Request
from contracts.services.reroute_line import reroute_line
from workflow.models import User


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    reroute_line(
        contract=request.contract, by=by, on=on, host_exchange=request.details.get("host_exchange", "")
    )


DIFFERENT_ROUTE = RequestKind(
    needs={"reason": text, "on": day},
    may={"host_exchange": free_text, "note": free_text},
    terms=lambda pack: pack.different_route,
    carry_out=_carry_out,
    works=True,
)
