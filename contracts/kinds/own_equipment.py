"""Own equipment connected to the line (自営端末設備、自営電気通信設備の接続, such as hikari-line 別記5, 別記7).

The unit is put on record with the request, so that it can be inspected before the answer; it is connected when the request
is granted, and goes with the request when that is refused or taken back.
"""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.kinds.details import free_text, text
from contracts.kinds.kind import Asked, RequestKind, on_receipt
from contracts.models import OwnEquipment, Request
from contracts.services.own_equipment import accept_connection, connect_own_equipment, refuse_connection
from terms.document import Form, RequestTerms
from terms.own_equipment import OwnConnection
from terms.pack import Pack
from workflow.models import User
from workflow.services.perform import perform


def _terms(kind: str) -> Callable[[Pack], OwnConnection | None]:
    def found(pack: Pack) -> OwnConnection | None:
        return next((clause.connection for clause in pack.own_equipment if clause.kind == kind), None)

    return found


def _follow(kind: str) -> Callable[[Request, User, date], None]:
    def follow(request: Request, by: User, on: date) -> None:
        assert request.contract is not None
        if request.state == Request.State.RECEIVED:
            connect_own_equipment(
                contract=request.contract,
                by=by,
                on=on,
                kind=kind,
                name=request.details["equipment"],
                form=request.form,
                certification=request.details.get("certification", ""),
                place=request.details.get("place", ""),
                request=request,
            )
        elif request.state == Request.State.REFUSED:
            refuse_connection(unit=request.own_equipment, by=by, on=on, ground=request.ground)
        elif request.state == Request.State.WITHDRAWN:
            perform(request.own_equipment, "withdraw", by=by, on=on)

    return follow


def _carry_out(request: Request, by: User, on: date) -> None:
    accept_connection(unit=request.own_equipment, by=by, on=on)


def _form(terms: RequestTerms, details: Mapping[str, Any]) -> Form:
    """Equipment without certification is asked for in writing (hikari-line 別記5(1))."""
    assert isinstance(terms, OwnConnection)
    return terms.form if details.get("certification") else terms.uncertified_form


def _with_place(asked: Asked) -> None:
    if not asked.details.get("place"):
        raise ValidationError({"place": _("The request states where the equipment is connected.")})


OWN_EQUIPMENT = RequestKind(
    needs={"equipment": text},
    may={"certification": free_text, "place": free_text, "note": free_text},
    terms=_terms(OwnEquipment.Kind.TERMINAL),
    effective=on_receipt,
    follow=_follow(OwnEquipment.Kind.TERMINAL),
    form=_form,
    carry_out=_carry_out,
)
OWN_FACILITY = RequestKind(
    needs={"equipment": text},
    may={"place": free_text, "certification": free_text, "note": free_text},
    terms=_terms(OwnEquipment.Kind.FACILITY),
    check=_with_place,
    effective=on_receipt,
    follow=_follow(OwnEquipment.Kind.FACILITY),
    form=_form,
    carry_out=_carry_out,
)
