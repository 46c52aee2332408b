"""Take a request back."""

from datetime import date

from django.db import transaction

from contracts.guards.application import application_of
from contracts.kinds import kind_of
from contracts.models import Contract, Ending, Request
from contracts.services.cancel_contract import cancel_contract
from contracts.services.tell import tell_about_request
from workflow.models import User
from workflow.services.perform import perform


def withdraw_request(*, request: Request, by: User, on: date, reason: str = "") -> Request:
    """The subscriber takes the request back before it is carried out.

    An application takes its contract with it: withdrawn before the answer, cancelled after it. The subscriber is told.
    WrongState once it was refused or carried out.
    """
    with transaction.atomic():
        perform(request, "withdraw", by=by, on=on, reason=reason)
        kind_of(request.kind).follow(request, by, on)
        contract = request.contract
        assert contract is not None
        if request.kind == Request.Kind.NEW and contract.state == Contract.State.ACCEPTED:
            cancel_contract(contract=contract, by=by, on=on, ended_by=Ending.By.SUBSCRIBER, reason=reason)
            return request
        if request.kind == Request.Kind.NEW:
            perform(contract, "withdraw", by=by, on=on, reason=reason)
        article = application_of(contract.pack(on)).form_article
        tell_about_request(request, "request_withdrawn", on=on, article=article, withdrawn_on=on)
    return request
