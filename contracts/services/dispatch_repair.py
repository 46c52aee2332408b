"""Send somebody out for a fault."""

from datetime import datetime

from contracts.guards.repair import may_dispatch
from contracts.models import RepairTicket
from contracts.moments import japan_date
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def dispatch_repair(*, ticket: RepairTicket, by: User, at: datetime, requested: bool) -> RepairTicket:
    """``requested``: the subscriber asked for the visit; a visit of the operator's own accord never costs anything.

    Refused before the subscriber's own check is on record (hikari-line 49-1, hikari-phone 46-1, isp-access 38-1).
    """
    on = japan_date(at)
    ticket.refresh_from_db()
    refusal = may_dispatch(ticket.contract.pack(on), checked=bool(ticket.own_check))
    if refusal:
        raise Refused(refusal)
    perform(ticket, "dispatch", by=by, on=on, at=at, requested=requested)
    return ticket
