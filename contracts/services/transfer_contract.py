"""Transfer a contract to another subscriber (利用権の譲渡)."""

from datetime import date, timedelta

from django.db import transaction

from contracts.guards.application import application_of
from contracts.guards.ending import needs_notice_first, operator_ground
from contracts.guards.transfer import PARENT_TRANSFERRED
from contracts.models import Contract, Ending, Request, Subscriber, SubscriberChange
from contracts.services.add_option import RUNNING
from contracts.services.change_subscriber import change_subscriber
from contracts.services.declare_ending import declare_ending
from contracts.services.tell import tell
from workflow.models import User
from workflow.selectors import clock_user

_ASKED = [
    Request.State.RECEIVED,
    Request.State.IN_REVIEW,
    Request.State.DEFERRED,
    Request.State.ACCEPTED,
    Request.State.CARRIED_OUT,
]


def transfer_contract(
    *,
    contract: Contract,
    transferee: Subscriber,
    by: User,
    on: date,
    effective_on: date,
    request: Request | None = None,
) -> SubscriberChange:
    """The contract is ``transferee``'s from ``effective_on``; both are told on ``on``.

    What stood beside it and does not pass to the same transferee ends where its document says so (hikari-phone 20-4(2)).
    ValidationError for a contract that does not stand, or that the transferee has already.
    """
    pack = contract.pack(effective_on)
    terms = pack.transfer
    article = terms.article if terms else application_of(pack).article
    old = contract.subscriber
    with transaction.atomic():
        change = change_subscriber(
            contract=contract,
            to=transferee,
            by=by,
            on=effective_on,
            cause=SubscriberChange.Cause.TRANSFER,
            article=article,
            debts=terms is not None and terms.debts,
            request=request,
        )
        for recipient in (old, transferee):
            tell(
                contract,
                "transfer_effective",
                on=on,
                article=article,
                about=change,
                recipient=recipient,
                transferor=old.name,
                transferee=transferee.name,
                effective_on=effective_on,
                debts=change.debts,
            )
        for linked in contract.linked.filter(state__in=RUNNING).exclude(subscriber=transferee):
            _end_without_its_line(linked, transferee, on=on, transferred_on=effective_on)
    return change


def passes_too(contract: Contract, transferee: Subscriber) -> bool:
    """Whether somebody asked that the contract pass to ``transferee``, or it is theirs already."""
    asked = contract.requests.filter(
        kind=Request.Kind.TRANSFER, state__in=_ASKED, details__transferee=transferee.number
    )
    return contract.subscriber_id == transferee.pk or asked.exists()


def _end_without_its_line(
    contract: Contract, transferee: Subscriber, *, on: date, transferred_on: date
) -> Ending | None:
    """Declare the end of a contract that stays behind, where that is a ground of its document."""
    pack = contract.pack(on)
    ground = operator_ground(pack, PARENT_TRANSFERRED)
    if ground is None or passes_too(contract, transferee):
        return None
    first = needs_notice_first(pack.operator_ending, ground, urgent=False)
    return declare_ending(
        contract=contract,
        by=clock_user(),
        on=on,
        ended_by=Ending.By.OPERATOR,
        ground=PARENT_TRANSFERRED,
        reason=ground.label,
        ends_on=max(transferred_on, on + timedelta(days=1)) if first else max(transferred_on, on),
    )
