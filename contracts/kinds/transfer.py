"""The transfer of a contract to another subscriber (利用権の譲渡, such as hikari-line 22)."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.consents import latest_check
from contracts.guards.application import ApplicationFacts, what_forbids, what_speaks_against
from contracts.guards.transfer import may_be_transferred
from contracts.kinds.details import day, free_text, text
from contracts.kinds.kind import Asked, RequestKind
from contracts.kinds.subscribers import subscriber_of
from contracts.models import AntiSocialCheck, Request, Subscriber
from contracts.services.transfer_contract import passes_too, transfer_contract
from terms.refusal import Refusal
from terms.rules.transfer_effective import TransferEffective, TransferEffectiveFacts, transfer_effective
from workflow.errors import Refused
from workflow.models import User


def _transferee(asked: Asked) -> Subscriber:
    return subscriber_of(asked.details["transferee"], field="transferee")


def _facts(asked: Asked, arrears: int = 0) -> ApplicationFacts:
    """What is known of the transferee, who is looked at as an applicant is. The line stays where it is."""
    parent = asked.contract.parent
    transferee = _transferee(asked)
    checked = latest_check(transferee)
    return ApplicationFacts(
        holder=transferee.kind,
        in_area=True,
        beside=asked.contract.product.beside_terms,
        has_beside=parent is not None and parent.is_live and passes_too(parent, transferee),
        arrears=arrears,
        anti_social=checked is not None and checked.result == AntiSocialCheck.Result.FOUND,
    )


def _effective(asked: Asked) -> date:
    """The day of the document; where it has none, the wished day, or that of receipt."""
    if asked.pack.has(TransferEffective):
        rule = asked.pack.rule(TransferEffective)
        return transfer_effective(rule, TransferEffectiveFacts(received=asked.on)).effective
    return date.fromisoformat(asked.details["desired_on"]) if "desired_on" in asked.details else asked.on


def _check(asked: Asked) -> None:
    transferee = _transferee(asked)
    if transferee == asked.contract.subscriber:
        raise ValidationError({"transferee": _("The contract is theirs already.")})
    effective = _effective(asked)
    if asked.details.get("desired_on", effective.isoformat()) != effective.isoformat():
        raise ValidationError(
            {"desired_on": _("The document sets the day: %(day)s. Leave this empty.") % {"day": effective}}
        )
    terms = asked.pack.transfer
    refusal = may_be_transferred(terms) if terms else None
    for reason in [refusal] if refusal else what_forbids(asked.pack, _facts(asked)):
        raise Refused(reason)


def _against(asked: Asked, arrears: int) -> Iterable[Refusal]:
    return what_speaks_against(asked.pack, _facts(asked, arrears))


def _carry_out(request: Request, by: User, on: date) -> None:
    assert request.contract is not None
    assert request.effective_on is not None
    # Where the document sets the day, that day holds though the answer came later; else the answer comes first.
    set_by_document = request.contract.pack(on).has(TransferEffective)
    transfer_contract(
        contract=request.contract,
        transferee=subscriber_of(request.details["transferee"], field="transferee"),
        by=by,
        on=on,
        effective_on=request.effective_on if set_by_document else max(request.effective_on, on),
        request=request,
    )


TRANSFER = RequestKind(
    needs={"transferee": text},
    may={"desired_on": day, "note": free_text},
    terms=lambda pack: pack.transfer,
    check=_check,
    effective=_effective,
    carry_out=_carry_out,
    looked_at=_transferee,
    against=_against,
)
