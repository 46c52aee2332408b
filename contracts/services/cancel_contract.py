"""Give up a contract between its acceptance and its opening."""

from collections.abc import Mapping
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import Contract, Ending, Request
from contracts.services.close_contract import cancel_works
from contracts.services.leave_group import leave_group
from contracts.services.tell import tell
from contracts.services.withdraw_ending import give_way_to_earlier
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def cancel_contract(
    *,
    contract: Contract,
    by: User,
    on: date,
    ended_by: str = Ending.By.SUBSCRIBER,
    reason: str = "",
    costs: Mapping[int, int] | None = None,
) -> Ending:
    """The contract is cancelled on ``on``, its works given up, its application withdrawn; the subscriber is told.

    ``costs``: yen without tax by id of each work that was started, for what is owed then. ValidationError once the
    service has started.
    """
    with transaction.atomic():
        contract.refresh_from_db(from_queryset=Contract.objects.select_for_update(of=("self",)))
        if contract.state != Contract.State.ACCEPTED:
            raise ValidationError(
                _(
                    "Contract %(contract)s is “%(state)s”; only one that was accepted and not opened is cancelled."
                )
                % {"contract": contract, "state": contract.get_state_display()}
            )
        pack = contract.pack(on)
        article = pack.subscriber_ending.article if pack.subscriber_ending else application_of(pack).article
        ends_on = max(on, contract.formed_on or on)
        # It may be to end with the contract beside which it was to stand.
        give_way_to_earlier(contract, by=by, on=on)
        ending = Ending.objects.create(
            contract=contract,
            by=ended_by,
            article=str(article),
            reason=reason or _("Cancelled before the service started."),
            declared_on=on,
            ends_on=ends_on,
        )
        carry_out_cancellation(ending, by=by, on=on, article=article, costs=costs)
        leave_group(contract=contract, by=by, on=on, reason=ending.reason)
        ending.notice = tell(
            contract,
            "ending_confirmed",
            on=on,
            article=article,
            about=ending,
            ends_on=ends_on,
            received_on=on,
        )
        ending.save(update_fields=["notice"])
    return ending


def carry_out_cancellation(
    ending: Ending, *, by: User, on: date, article: ArticleRef, costs: Mapping[int, int] | None = None
) -> None:
    """Cancel the contract of ``ending`` with its works and its application."""
    contract = ending.contract
    cancel_works(contract, by=by, on=on, costs=costs)
    for request in contract.requests.filter(kind=Request.Kind.NEW, state=Request.State.ACCEPTED):
        perform(request, "withdraw", by=by, on=on, reason=ending.reason)
    perform(contract, "cancel", by=by, on=on, reason=ending.reason, article=article)
