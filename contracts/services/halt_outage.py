"""A halted line is down as long as its contract lasts: the outage that credits follow from, without anybody entering it."""

from datetime import date

from django.db import transaction

from contracts.models import Contract, Line, Outage
from contracts.moments import start_of
from terms.calendar import DAY
from workflow.models import User


def begin_halt_outage(*, contract: Contract, by: User, on: date, reason: str) -> Outage | None:
    """From ``on`` the line of the halted ``contract`` counts as down, known to the operator who halted it (isp-access 29-2(4)).

    An outage that goes on, and is not the customer's, goes on as that of the halt. None for a contract without a line.
    """
    if contract.line_id is None:
        return None
    with transaction.atomic():
        line = Line.objects.select_for_update().get(pk=contract.line_id)
        going_on = line.outages.filter(restored__isnull=True).exclude(cause=Outage.Cause.CUSTOMER)
        begin = start_of(on)
        outage = going_on.first() or Outage(line=line, down=begin, known=begin, note=reason, recorded_by=by)
        outage.halted = contract
        outage.full_clean()
        outage.save()
    return outage


def end_halt_outage(*, contract: Contract, by: User, last_day: date) -> None:
    """The contract ended with ``last_day``, and with it the outage of its halt. Nothing for one that was not halted."""
    for outage in contract.halt_outages.filter(restored__isnull=True):
        outage.restored = start_of(last_day + DAY)
        outage.restored_by = by
        outage.full_clean()
        outage.save()
