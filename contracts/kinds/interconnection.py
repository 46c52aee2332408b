"""Another circuit connected to the line (回線相互接続, such as hikari-line 32): added, changed, or taken away."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.kinds.details import day, free_text, one_of, text
from contracts.kinds.kind import Asked, RequestKind
from contracts.models import Request
from contracts.services.interconnect import connected, interconnect
from workflow.models import User


def _check(asked: Asked) -> None:
    details = asked.details
    standing = asked.contract.interconnected_lines.filter(circuit=details["circuit"], until__isnull=True)
    if details["action"] == "add" and standing.exists():
        raise ValidationError({"circuit": _("This circuit is connected already.")})
    if details["action"] != "add":
        connected(asked.contract, details["circuit"])
    if details["action"] == "drop":
        if asked.wished_on < asked.on:
            raise ValidationError({"on": _("This is told in advance; name a day from today on.")})
        return
    missing = {name: _("This is needed.") for name in ("place", "equipment") if not details.get(name)}
    if missing:
        raise ValidationError(missing)


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    details = request.details
    interconnect(
        contract=request.contract,
        by=by,
        on=on,
        action=details["action"],
        circuit=details["circuit"],
        place=details.get("place", ""),
        equipment=details.get("equipment", ""),
        request=request,
    )


INTERCONNECTION = RequestKind(
    needs={"action": one_of("add", "change", "drop"), "circuit": text, "on": day},
    may={"place": free_text, "equipment": free_text, "note": free_text},
    terms=lambda pack: pack.interconnection,
    check=_check,
    carry_out=_carry_out,
)
