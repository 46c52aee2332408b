"""Do what an accepted request asks for."""

from datetime import date

from django.db import transaction

from contracts.models import Ending, Product, Request
from contracts.request_kinds import product_of
from contracts.services.add_option import add_option
from contracts.services.cancel_contract import cancel_contract
from contracts.services.declare_ending import declare_ending
from contracts.services.drop_option import drop_option
from contracts.services.pause_contract import check_pause, pause_contract
from contracts.services.resume_contract import resume_contract
from workflow.models import User
from workflow.services.perform import perform


def check_request(*, request: Request, on: date) -> None:
    """Refused where the document does not allow what the request asks for; asked before saying yes."""
    if request.kind == Request.Kind.PAUSE:
        assert request.contract is not None
        check_pause(contract=request.contract, on=on)


def carry_out_request(*, request: Request, by: User, on: date) -> Request:
    """Carry out an accepted request on ``on``. WrongState where it is not accepted, or the contract is not in the state for it."""
    contract, details = request.contract, request.details
    assert contract is not None
    with transaction.atomic():
        match request.kind:
            case Request.Kind.PAUSE:
                pause_contract(contract=contract, by=by, on=on)
            case Request.Kind.RESUME:
                resume_contract(contract=contract, by=by, on=on)
            case Request.Kind.OPTION | Request.Kind.EQUIPMENT if details["action"] == "add":
                add_option(contract=contract, product=_asked(request), by=by, on=on)
            case Request.Kind.OPTION | Request.Kind.EQUIPMENT:
                product = Product.objects.get(code=details["product"])
                drop_option(contract=contract, product=product, by=by, on=on)
            case Request.Kind.CANCELLATION:
                cancel_contract(
                    contract=contract,
                    by=by,
                    on=on,
                    ended_by=Ending.By.SUBSCRIBER,
                    reason=details.get("reason", ""),
                )
            case Request.Kind.ENDING:
                declare_ending(
                    contract=contract,
                    by=by,
                    on=on,
                    ended_by=Ending.By.SUBSCRIBER,
                    ground=details.get("ground", ""),
                    reason=details.get("reason", ""),
                    ends_on=date.fromisoformat(details["ends_on"]),
                    form=request.form,
                )
        perform(request, "carry_out", by=by, on=on)
    return request


def _asked(request: Request) -> Product:
    return product_of(request.details, request.terms_code, request.kind)
