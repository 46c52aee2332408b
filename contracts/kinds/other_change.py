"""A change of the contract that no other kind names (その他の契約内容の変更): where the line ends, or something in words."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.kinds.details import day, free_text
from contracts.kinds.kind import Asked, RequestKind
from contracts.models import Request
from contracts.services.change_other import change_other
from workflow.models import User


def _check(asked: Asked) -> None:
    if not asked.details.get("terminal_point") and not asked.details.get("note"):
        raise ValidationError({"note": _("Say what is to change.")})


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    change_other(
        contract=request.contract,
        by=by,
        on=on,
        terminal_point=request.details.get("terminal_point", ""),
        words=request.details.get("note", ""),
    )


OTHER_CHANGE = RequestKind(
    needs={"on": day},
    may={"terminal_point": free_text, "note": free_text},
    terms=lambda pack: pack.other_change,
    check=_check,
    carry_out=_carry_out,
)
