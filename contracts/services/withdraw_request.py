"""Take a request back."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, Ending, Request
from contracts.services.cancel_contract import cancel_contract
from workflow.models import User
from workflow.services.perform import perform


def withdraw_request(*, request: Request, by: User, on: date, reason: str = "") -> Request:
    """The subscriber takes the request back before it is carried out.

    An application takes its contract with it: withdrawn before the answer, cancelled after it.
    WrongState once it was refused or carried out.
    """
    with transaction.atomic():
        perform(request, "withdraw", by=by, on=on, reason=reason)
        contract = request.contract
        if request.kind == Request.Kind.NEW and contract is not None:
            if contract.state == Contract.State.ACCEPTED:
                cancel_contract(contract=contract, by=by, on=on, ended_by=Ending.By.SUBSCRIBER, reason=reason)
            else:
                perform(contract, "withdraw", by=by, on=on, reason=reason)
    return request
