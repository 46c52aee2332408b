"""A report of a new name or address (氏名等の変更の届出, such as hikari-line 別記3). It holds from when it is received."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.kinds.details import ADDRESS, free_text, text
from contracts.kinds.kind import Asked, RequestKind, on_receipt
from contracts.models import Request
from contracts.services.change_name import NAMED, change_name
from workflow.models import User


def _check(asked: Asked) -> None:
    if not any(name in asked.details for name in NAMED):
        raise ValidationError({"name": _("Say what is to change.")})


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    pack = request.contract.pack(on)
    change_name(
        subscriber=request.subscriber,
        by=by,
        on=on,
        changes={name: request.details[name] for name in NAMED if name in request.details},
        article=pack.name_change.article if pack.name_change else application_of(pack).article,
    )


NAME_CHANGE = RequestKind(
    may={"name": text, "name_kana": text, **ADDRESS, "building": free_text, "note": free_text},
    terms=lambda pack: pack.name_change,
    must_be_known=False,
    check=_check,
    effective=on_receipt,
    carry_out=_carry_out,
    one_sided=True,
)
