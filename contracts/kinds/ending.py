"""The end of a contract at the subscriber's wish: with its notice period, or before the service started."""

from datetime import date

from django_fsm import can_proceed

from contracts.guards.application import application_of
from contracts.kinds.details import day, free_text
from contracts.kinds.kind import RequestKind, on_receipt
from contracts.models import Ending, Request
from contracts.services.cancel_contract import cancel_contract
from contracts.services.declare_ending import declare_ending
from terms.article import ArticleRef
from terms.pack import Pack
from workflow.models import User


def _cancel(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    cancel_contract(
        contract=request.contract,
        by=by,
        on=on,
        ended_by=Ending.By.SUBSCRIBER,
        reason=request.details.get("reason", ""),
    )


def _end(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    declare_ending(
        contract=request.contract,
        by=by,
        on=on,
        ended_by=Ending.By.SUBSCRIBER,
        ground=request.details.get("ground", ""),
        reason=request.details.get("reason", ""),
        ends_on=date.fromisoformat(request.details["ends_on"]),
        form=request.form,
    )


def _as_an_ending(pack: Pack, on: date) -> ArticleRef:
    return pack.subscriber_ending.article if pack.subscriber_ending else application_of(pack).article


CANCELLATION = RequestKind(
    may={"reason": free_text},
    terms=lambda pack: None,
    must_be_known=False,
    carry_out=_cancel,
    effective=on_receipt,
    one_sided=True,
    possible=lambda contract: can_proceed(contract.cancel),
    silent=_as_an_ending,
)

ENDING = RequestKind(
    needs={"ends_on": day},
    may={"reason": free_text, "ground": free_text},
    terms=lambda pack: pack.subscriber_ending,
    carry_out=_end,
    effective=on_receipt,
    one_sided=True,
    possible=lambda contract: can_proceed(contract.declare_ending),
)
