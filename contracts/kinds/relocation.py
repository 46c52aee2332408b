"""The move of a line to another place (契約者回線の移転). A work at the new place comes first."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Min
from django.utils.translation import gettext as _

from contracts.guards.line_group import fits_group, in_groups_only
from contracts.guards.request import new_place_in_area
from contracts.kinds.details import ADDRESS, day, flag, free_text, text
from contracts.kinds.groups import group_of
from contracts.kinds.kind import Asked, RequestKind
from contracts.models import Line, LineGroup, Request, Work
from contracts.moments import japan_date
from contracts.selectors import facts_of, in_service_area
from contracts.services.relocate_line import relocate_line
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def _check(asked: Asked) -> None:
    place = asked.details
    in_area = in_service_area(asked.pack.code, place["prefecture"], place["city"])
    refusal = new_place_in_area(asked.pack, asked.pack.relocation, in_area=in_area)
    refusal = refusal or _out_of_its_group(asked)
    if refusal:
        raise Refused(refusal)


def _out_of_its_group(asked: Asked) -> Refusal | None:
    """What keeps a line that is given in groups from a place outside its group: it needs one there."""
    product, details = asked.contract.product, asked.details
    there = group_of(details, asked.pack.code)
    if not in_groups_only(asked.pack, product.dwelling):
        if there is not None:
            reason = _("“%(product)s” is not given in this group.") % {"product": product}
            raise ValidationError({"group": reason})
        return None
    place = Line(**{name: details[name] for name in ("prefecture", "city", "town")})
    now = LineGroup.objects.filter(members__contract=asked.contract, members__left_on=None).first()
    if now is not None and there in (None, now) and (details.get("same_building") or now.holds(place)):
        return None  # It is no new line.
    facts = None
    if there is not None:
        if not there.holds(place):
            where = {"place": there.full_address}
            raise ValidationError(
                {"group": _("The line ends at another place than the group: %(place)s.") % where}
            )
        facts = facts_of(there)
        missing = facts.consents_missing + (not details.get("consents_to_representative", False))
        facts = replace(facts, lines=facts.lines + 1, consents_missing=missing)
    return fits_group(asked.pack, dwelling=product.dwelling, item=product.item, group=facts)


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
        group=group_of(details, request.terms_code),
        consents=details.get("consents_to_representative", False),
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
        "group": text,
        "consents_to_representative": flag,
        "note": free_text,
    },
    terms=lambda pack: pack.relocation,
    check=_check,
    carry_out=_carry_out,
    works=True,
)
