"""Do what an accepted request asks for."""

from datetime import date

from django.db import transaction

from contracts.kinds import kind_of
from contracts.models import Request, Work
from workflow.models import User
from workflow.services.perform import perform


def carry_out_request(*, request: Request, by: User, on: date) -> Request:
    """Carry out an accepted request on ``on``. WrongState where it is not accepted, or the contract is not in the state for it."""
    with transaction.atomic():
        kind_of(request.kind).carry_out(request, by, on)
        perform(request, "carry_out", by=by, on=on)
    return request


def is_ready(request: Request, *, on: date) -> bool:
    """Whether an accepted request can be carried out on ``on``: its day has come, and what must be built first is built."""
    if request.effective_on is None or request.effective_on > on:
        return False
    states = set(request.works.exclude(state=Work.State.CANCELLED).values_list("state", flat=True))
    return states == {Work.State.DONE} if kind_of(request.kind).works else states <= {Work.State.DONE}
