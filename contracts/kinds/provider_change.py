"""The move of a line to another provider (事業者変更, hikari-line 22の3). Granting it issues the approval number."""

from datetime import date

from contracts.guards.request import no_other_change_asked
from contracts.kinds.details import flag, free_text, text
from contracts.kinds.kind import Asked, RequestKind, on_receipt
from contracts.models import Request
from contracts.services.issue_approval_number import issue_approval_number
from workflow.errors import Refused
from workflow.models import User

_WAITING = [Request.State.RECEIVED, Request.State.IN_REVIEW, Request.State.DEFERRED, Request.State.ACCEPTED]


def _check(asked: Asked) -> None:
    terms = asked.pack.provider_change
    if terms is None:
        return
    other = asked.contract.requests.filter(kind__in=terms.not_beside, state__in=_WAITING).first()
    refusal = no_other_change_asked(terms, str(other) if other else "")
    if refusal:
        raise Refused(refusal)


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    issue_approval_number(contract=request.contract, by=by, on=on, request=request)


PROVIDER_CHANGE = RequestKind(
    needs={"provider": text},
    may={"give_up_extras": flag, "note": free_text},
    terms=lambda pack: pack.provider_change,
    check=_check,
    effective=on_receipt,
    carry_out=_carry_out,
)
