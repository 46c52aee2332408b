"""A contract that passed to others by inheritance, merger or split (地位の承継, such as hikari-line 別記2)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.kinds.details import codes, day, free_text, one_of, text
from contracts.kinds.kind import Asked, RequestKind
from contracts.kinds.subscribers import subscriber_of, subscribers_of
from contracts.models import Contract, Request, Subscriber, SubscriberChange
from contracts.services.succeed_contract import succeed_contract
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User

_CAUSES = tuple(cause for cause in SubscriberChange.Cause.values if cause != SubscriberChange.Cause.TRANSFER)


def _successors(contract: Contract, details: Mapping[str, Any]) -> list[Subscriber]:
    """Those whom the report names; where it names another representative only, those who took over before."""
    if "successors" in details:
        return subscribers_of(details["successors"], field="successors")
    last = contract.subscriber_changes.order_by("on", "pk").last()
    return list(last.successors.order_by("pk")) if last else []


def _check(asked: Asked) -> None:
    cause, terms = asked.details["cause"], asked.pack.succession
    another = cause == SubscriberChange.Cause.REPRESENTATIVE
    if terms is not None and not another and cause not in terms.causes:
        raise Refused(
            Refusal(terms.article, "no_such_cause", _("The document does not name this cause of succession."))
        )
    if asked.wished_on > asked.on:
        raise ValidationError({"on": _("A succession is reported after it came about.")})
    if another and "successors" in asked.details:
        raise ValidationError(
            {"successors": _("Leave this empty where only the representative is another one.")}
        )
    successors = _successors(asked.contract, asked.details)
    if not successors:
        message = (
            _("Nobody took this contract over together with others; there is no representative to name.")
            if another
            else _("Name who took the contract over.")
        )
        raise ValidationError({"successors": message})
    if (
        len(successors) > 1
        and (terms is None or not terms.representative)
        and "representative" not in asked.details
    ):
        raise ValidationError(
            {"representative": _("Several successors: say with which one the operator is to deal.")}
        )
    named = asked.details.get("representative")
    if another and named is None:
        raise ValidationError({"representative": _("This is needed.")})
    if named is not None and subscriber_of(named, field="representative") not in successors:
        raise ValidationError({"representative": _("The representative is one of the successors.")})


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    details = request.details
    named = details.get("representative")
    succeed_contract(
        contract=request.contract,
        successors=_successors(request.contract, details),
        by=by,
        on=on,
        since=date.fromisoformat(details["on"]),
        cause=details["cause"],
        representative=subscriber_of(named, field="representative") if named else None,
        request=request,
    )


SUCCESSION = RequestKind(
    needs={"cause": one_of(*_CAUSES), "on": day},
    may={"successors": codes, "representative": text, "note": free_text},
    terms=lambda pack: pack.succession,
    must_be_known=False,
    check=_check,
    carry_out=_carry_out,
)
