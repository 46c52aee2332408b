"""A pause at the subscriber's wish, and its end (such as hikari-line 20)."""

from datetime import date

from django_fsm import can_proceed

from contracts.kinds.details import day, free_text
from contracts.kinds.kind import Asked, RequestKind
from contracts.models import Request
from contracts.services.pause_contract import check_pause, pause_contract
from contracts.services.resume_contract import resume_contract
from workflow.models import User


def _check(asked: Asked) -> None:
    check_pause(contract=asked.contract, on=asked.on)


def _pause(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    pause_contract(contract=request.contract, by=by, on=on)


def _resume(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    resume_contract(contract=request.contract, by=by, on=on)


PAUSE = RequestKind(
    needs={"on": day},
    may={"note": free_text},
    terms=lambda pack: pack.pause,
    check=_check,
    carry_out=_pause,
    possible=lambda contract: can_proceed(contract.pause),
)

RESUME = RequestKind(
    needs={"on": day},
    may={"note": free_text},
    terms=lambda pack: pack.pause,
    carry_out=_resume,
    possible=lambda contract: can_proceed(contract.resume),
)
