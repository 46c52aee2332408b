"""Close a repair ticket: what it was, whether the line is back, whether the visit costs something."""

from datetime import datetime

from django.db import transaction

from contracts.guards.repair import VisitFacts, dispatch_fee_due
from contracts.models import Outage, RepairTicket
from contracts.moments import japan_date
from contracts.services.restore_outage import restore_outage
from contracts.services.tell import tell
from workflow.models import User
from workflow.services.perform import perform


def close_ticket(
    *, ticket: RepairTicket, by: User, at: datetime, cause: str, findings: str, maintained: bool = False
) -> RepairTicket:
    """The fault is over since ``at``; ``cause``: "operator", "own_equipment" or "not_found".

    An outage that runs ends with it, with its cause, so that credits follow. The visit costs the subscriber only where the
    own equipment was at fault after a clear test, told, and at the subscriber's request (hikari-line 49-3, hikari-phone
    46-3, isp-access 38-3); ``maintained``: not where the operator maintains that equipment (isp-access 38-1).
    """
    on = japan_date(at)
    with transaction.atomic():
        ticket.refresh_from_db()
        facts = VisitFacts(
            clear=ticket.test_clear,
            told=_before(ticket.tested_at, ticket.dispatched_at),
            requested=ticket.visit_requested,
            own=cause == RepairTicket.Cause.OWN_EQUIPMENT,
            maintained=maintained,
        )
        pack = ticket.contract.pack(on)
        fee = dispatch_fee_due(pack, facts)
        perform(
            ticket, "close", by=by, on=on, article=fee, at=at, cause=cause, findings=findings,
            maintained=maintained, fee_article=str(fee or ""),
        )  # fmt: skip
        if ticket.outage is not None and ticket.outage.restored is None:
            customer = cause == RepairTicket.Cause.OWN_EQUIPMENT
            restore_outage(
                outage=ticket.outage, by=by, restored=at, cause=Outage.Cause.CUSTOMER if customer else None
            )
        article = fee or (pack.repair.article if pack.repair else pack.article(next(iter(pack.articles))))
        tell(
            ticket.contract,
            "repair_closed",
            on=on,
            article=article,
            about=ticket,
            symptom=ticket.symptom,
            closed_at=at,
            cause=RepairTicket.Cause(cause),
            fee_due=fee is not None,
        )
    return ticket


def _before(tested: datetime | None, sent: datetime | None) -> bool:
    """The result of a test is told when it is recorded, which must be before the visit."""
    return tested is not None and sent is not None and tested <= sent
