"""Take note that a contract passed to others by inheritance, merger or split (地位の承継)."""

from collections.abc import Sequence
from datetime import date

from django.db import transaction

from contracts.guards.application import application_of
from contracts.models import Contract, Request, Subscriber, SubscriberChange
from contracts.services.change_subscriber import change_subscriber
from contracts.services.tell import tell
from workflow.models import User


def succeed_contract(
    *,
    contract: Contract,
    successors: Sequence[Subscriber],
    by: User,
    on: date,
    since: date,
    cause: str,
    representative: Subscriber | None = None,
    request: Request | None = None,
) -> SubscriberChange:
    """The contract is the successors' since ``since``, and with it everything owed under it; they are told on ``on``.

    The operator deals with ``representative``. Until the successors name one it treats the first of them as such
    (hikari-line 別記2 (2), (3)). ``cause``: one of SubscriberChange.Cause.
    """
    pack = contract.pack(on)
    article = pack.succession.article if pack.succession else application_of(pack).article
    old = contract.subscriber
    several = len(successors) > 1
    with transaction.atomic():
        change = change_subscriber(
            contract=contract,
            to=representative or successors[0],
            by=by,
            on=since,
            cause=cause,
            article=article,
            debts=True,
            request=request,
            successors=successors if several else (),
            representative_named=several and representative is not None,
        )
        facts = {"representative": change.new.name} if several else {}
        for recipient in successors:
            tell(
                contract,
                "succession_recorded",
                on=on,
                article=article,
                about=change,
                recipient=recipient,
                predecessor=old.name,
                successor="、".join(successor.name for successor in successors),
                effective_on=since,
                **facts,
            )
    return change
