"""A new contract cancelled within the days of the law (初期契約解除). It takes effect when it is sent."""

from datetime import date

from contracts.kinds.details import day, free_text
from contracts.kinds.kind import RequestKind, on_receipt
from contracts.models import Contract, Request, Subscriber
from contracts.services.cancel_initially import cancel_initially, check_initial_cancellation
from terms.article import ArticleRef
from terms.pack import Pack
from terms.registry import rule_for
from terms.rules.initial_cancellation import InitialCancellation
from workflow.errors import Refused
from workflow.models import User


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    cancel_initially(
        contract=request.contract,
        by=by,
        on=on,
        dispatched_on=date.fromisoformat(request.details["dispatched_on"]),
        form=request.form,
    )


def _possible(contract: Contract) -> bool:
    return contract.is_live and contract.subscriber.kind == Subscriber.Kind.PERSON


def _in_time(contract: Contract, on: date) -> bool:
    try:
        check_initial_cancellation(contract, on=on, dispatched_on=on, form=Request.Form.WEB)
    except Refused:
        return False
    return True


def _by_law(pack: Pack, on: date) -> ArticleRef:
    return rule_for(pack, InitialCancellation, on=on).article


INITIAL_CANCELLATION = RequestKind(
    needs={"dispatched_on": day},
    may={"reason": free_text},
    terms=lambda pack: None,
    must_be_known=False,
    carry_out=_carry_out,
    effective=on_receipt,
    one_sided=True,
    possible=_possible,
    in_time=_in_time,
    silent=_by_law,
)
