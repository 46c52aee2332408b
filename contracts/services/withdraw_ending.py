"""Take a declared ending back before its day, as a payment does."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, Ending, Suspension
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.errors import WrongState
from workflow.models import User
from workflow.services.perform import perform


def withdraw_ending(*, ending: Ending, by: User, on: date, reason: str) -> Ending:
    """The contract goes on as it stood, and so do those that were to end with it; each subscriber is told.

    WrongState where the ending was withdrawn or carried out already, or is that of a halt, which goes on by itself.
    """
    if ending.contract.state == Contract.State.HALTED:
        raise WrongState(_("A halted contract ends by itself; its ending cannot be withdrawn."))
    with transaction.atomic():
        for each in (ending, *ending.followed_by.filter(withdrawn_on__isnull=True)):
            give_way(each, by=by, on=on, reason=reason)
            tell(
                each.contract,
                "ending_withdrawn",
                on=on,
                article=ArticleRef.parse(each.article),
                about=each,
                withdrawn_on=on,
                reason=reason,
            )
    return ending


def give_way(ending: Ending, *, by: User, on: date, reason: str) -> None:
    """Mark the ending as withdrawn and bring its contract back, without telling anybody."""
    contract = ending.contract
    contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
    ending.refresh_from_db()
    if ending.withdrawn_on is not None or contract.state in (Contract.State.ENDED, Contract.State.CANCELLED):
        raise WrongState(_("This ending was withdrawn or carried out already."))
    ending.withdrawn_on = on
    ending.save(update_fields=["withdrawn_on"])
    if contract.state == Contract.State.ENDING:
        perform(contract, "withdraw_ending", by=by, on=on, reason=reason, back_to=_stood(contract))


def give_way_to_earlier(contract: Contract, *, by: User, on: date) -> None:
    """An ending of ``contract`` that stands, such as that of the contract beside it, gives way to one that comes before it."""
    for standing in contract.endings.filter(withdrawn_on__isnull=True):
        give_way(standing, by=by, on=on, reason=_("An earlier ending takes its place."))


def _stood(contract: Contract) -> str:
    if contract.suspensions.filter(state=Suspension.State.IN_FORCE).exists():
        return Contract.State.SUSPENDED
    if contract.pauses.filter(ends_on__isnull=True).exists():
        return Contract.State.PAUSED
    return Contract.State.ACTIVE
