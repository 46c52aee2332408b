"""End an API contract: declared by the contractor, or by the operator on a ground of the document."""

from datetime import date, datetime

from django.db import transaction

from contracts.guards.ending import (
    OperatorEndingFacts,
    SubscriberEndingFacts,
    may_operator_end,
    may_subscriber_end,
    needs_notice_first,
    operator_ground,
)
from contracts.models import Contract
from contracts.moments import japan_date
from lineinfo.guards import targets_speak_against
from lineinfo.models import ApiContract, ApiSuspension
from lineinfo.rights import target_contracts
from lineinfo.services.close_access import close_access
from lineinfo.services.declare_api_ending import declare_api_ending
from notices.services.send_notice import send_notice
from terms.document import EndingGround
from terms.pack import Pack
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def end_by_contractor(
    *, contract: ApiContract, by: User, at: datetime, form: str, ends_on: date, reason: str = ""
) -> None:
    """The contractor ends it, told at ``at`` in ``form``, with ``ends_on`` as its last day (line-info-api 11).

    Refused in another form than the document's, or for a day that is past; WrongState where it is not in use.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    facts = SubscriberEndingFacts(declared_on=on, ends_on=ends_on, form=form)
    refusal = may_subscriber_end(pack, facts)
    if refusal:
        raise Refused(refusal)
    assert pack.subscriber_ending is not None  # may_subscriber_end refuses it otherwise
    declare_api_ending(
        contract=contract,
        by=by,
        at=at,
        ended_by=ApiContract.EndedBy.SUBSCRIBER,
        ends_on=ends_on,
        article=pack.subscriber_ending.article,
        reason=reason,
        notice_first=False,
    )


def end_by_operator(
    *, contract: ApiContract, by: User, at: datetime, ground: str, ends_on: date, reason: str
) -> None:
    """The operator ends it on ``ground`` (a code of the pack), with ``ends_on`` as its last day (line-info-api 12, 22, 26).

    It is over after ``ends_on``, once the notice has been dispatched (12-4). On a ground that needs no notice it is over
    at once, whatever ``ends_on`` says.

    Refused for a ground that the document does not list or whose facts are not there; WrongState where it is not in use.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    listed = operator_ground(pack, ground)
    refusal = may_operator_end(pack, _facts(contract, ground, on, ends_on, listed)) or _targets(
        contract, pack, ground, on
    )
    if refusal:
        raise Refused(refusal)
    assert listed is not None  # may_operator_end refuses it otherwise
    if listed.immediate:
        _end_at_once(contract, listed, by=by, at=at, reason=reason)
        return
    declare_api_ending(
        contract=contract,
        by=by,
        at=at,
        ended_by=ApiContract.EndedBy.OPERATOR,
        ends_on=ends_on,
        article=listed.article,
        ground=ground,
        reason=reason,
        notice_first=needs_notice_first(pack.operator_ending, listed, urgent=False),
    )


def _facts(
    contract: ApiContract, ground: str, on: date, ends_on: date, listed: EndingGround | None
) -> OperatorEndingFacts:
    in_force = contract.suspensions.filter(state=ApiSuspension.State.IN_FORCE).first()
    return OperatorEndingFacts(
        ground=ground,
        on=on,
        ends_on=on if listed is not None and listed.immediate else ends_on,
        suspended_since=in_force.starts_on if in_force else None,
    )


def _targets(contract: ApiContract, pack: Pack, ground: str, on: date) -> Refusal | None:
    targets = target_contracts(subscriber=contract.subscriber, terms_code=contract.terms_code, on=on)
    suspended = targets.filter(state=Contract.State.SUSPENDED)
    return targets_speak_against(pack, ground, live=targets.count(), suspended=suspended.count())


def _end_at_once(contract: ApiContract, ground: EndingGround, *, by: User, at: datetime, reason: str) -> None:
    on = japan_date(at)
    with transaction.atomic():
        perform(
            contract, "end_at_once", by=by, on=on, article=ground.article, reason=reason, ground=ground.code
        )
        close_access(contract=contract, by=by, at=at, reason=reason)
        send_notice(
            occasion="api_ended",
            recipient=contract.subscriber,
            about=contract,
            article=ground.article,
            facts={"api_id": contract.api_id, "ends_on": on, "reason": reason},
            at=at,
        )
