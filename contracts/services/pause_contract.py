"""Pause a contract at the subscriber's wish."""

from datetime import date

from django.db import transaction

from contracts.guards.pause import may_pause
from contracts.models import Contract, Pause
from contracts.services.not_before_service import not_before_service
from contracts.services.tell import tell
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def check_pause(*, contract: Contract, on: date) -> None:
    """Refused where the document does not let this contract be paused."""
    refusal = may_pause(contract.pack(on), partner_course=contract.partner_id is not None)
    if refusal:
        raise Refused(refusal)


def pause_contract(*, contract: Contract, by: User, on: date) -> Pause:
    """The contract is paused from ``on`` until it is resumed; it stays charged where the document says so.

    Refused where the document knows no pause or not for this course (isp-access 12-2); WrongState unless it is active.
    """
    check_pause(contract=contract, on=on)
    table = contract.pack(on).pause
    assert table is not None
    not_before_service(contract, on)
    with transaction.atomic():
        perform(contract, "pause", by=by, on=on, article=table.article)
        pause = Pause.objects.create(contract=contract, starts_on=on, article=str(table.article))
        tell(contract, "pause_started", on=on, article=table.article, starts_on=on, charged=table.charged)
    return pause
