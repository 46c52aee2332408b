"""The move of a line to another place (契約者回線の移転). A work at the new place comes first."""

from datetime import date
from typing import Any

from django.db.models import Min

from contracts.guards.request import new_place_in_area
from contracts.kinds.details import ADDRESS, day, flag, free_text
from contracts.kinds.kind import Asked, RequestKind
from contracts.models import Request, Work
from contracts.moments import japan_date
from contracts.selectors import in_service_area
from contracts.services.relocate_line import relocate_line
from workflow.errors import Refused
from workflow.models import User


def _check(asked: Asked) -> None:
    place = asked.details
    in_area = in_service_area(asked.pack.code, place["prefecture"], place["city"])
    refusal = new_place_in_area(asked.pack, asked.pack.relocation, in_area=in_area)
    if refusal:
        raise Refused(refusal)


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    details: dict[str, Any] = request.details
    relocate_line(
        contract=request.contract,
        by=by,
        on=on,
        address={
            name: details.get(name, "")
            for name in ("postal_code", "prefecture", "city", "town", "building", "terminal_point")
        },
        same_building=details.get("same_building", False),
        own_convenience=details.get("own_convenience", False),
        unusable_from=date.fromisoformat(details["unusable_from"])
        if "unusable_from" in details
        else _work_began(request),
        request=request,
    )


def _work_began(request: Request) -> date | None:
    """The day on which the people came: from then on the line could not be used, where nobody said otherwise."""
    began = request.works.filter(state=Work.State.DONE).aggregate(first=Min("started_at"))["first"]
    return japan_date(began) if began else None


RELOCATION = RequestKind(
    needs={**ADDRESS, "on": day},
    may={
        "building": free_text,
        "terminal_point": free_text,
        "same_building": flag,
        "unusable_from": day,
        "own_convenience": flag,
        "note": free_text,
    },
    terms=lambda pack: pack.relocation,
    check=_check,
    carry_out=_carry_out,
    works=True,
)
