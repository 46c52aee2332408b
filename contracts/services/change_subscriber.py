"""Make a contract another subscriber's. Transfer and succession share it."""

from collections.abc import Sequence
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, Request, Subscriber, SubscriberChange
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from workflow.models import User

_STANDING = frozenset(
    {Contract.State.ACCEPTED, Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED,
     Contract.State.HALTED, Contract.State.ENDING}
)  # fmt: skip


def change_subscriber(
    *,
    contract: Contract,
    to: Subscriber,
    by: User,
    on: date,
    cause: str,
    article: ArticleRef,
    debts: bool,
    request: Request | None = None,
    successors: Sequence[Subscriber] = (),
    representative_named: bool = False,
) -> SubscriberChange:
    """The contract is ``to``'s from ``on``; nobody is told here. ``debts``: what is owed passes with it.

    ValidationError for a contract that does not stand, or is ``to``'s already where nobody else takes over with them.
    """
    with transaction.atomic():
        contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
        old = contract.subscriber
        if contract.state not in _STANDING:
            raise ValidationError(
                _("Contract %(contract)s is “%(state)s”; only one that stands passes to somebody else.")
                % {"contract": contract, "state": contract.get_state_display()}
            )
        if old == to and not successors:
            raise ValidationError(
                _("Contract %(contract)s is %(subscriber)s’s already.")
                % {"contract": contract, "subscriber": to}
            )
        change = SubscriberChange.objects.create(
            contract=contract,
            on=on,
            cause=cause,
            old=old,
            new=to,
            representative_named=representative_named,
            debts=debts,
            request=request,
            article=str(article),
        )
        change.successors.set(successors)
        contract.subscriber = to
        contract.save(update_fields=["subscriber"])
        note_change(contract, "change_subscriber", by=by, on=on, reason=f"{old} → {to}", article=article)
    return change
