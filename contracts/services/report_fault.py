"""Take the report of a fault."""

from datetime import datetime
from typing import cast

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, RepairTicket
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from contracts.services.confirm_own_check import confirm_own_check
from contracts.services.note_change import note_change
from contracts.services.record_outage import record_outage
from terms.calendar import JAPAN
from terms.rules.repair_window import Maintenance, RepairWindow, RepairWindowFacts, repair_window
from workflow.models import User


def report_fault(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    symptom: str,
    own_check: str = "",
    down: datetime | None = None,
) -> RepairTicket:
    """The ticket of a fault reported ``at``; ``own_check`` says how the subscriber looked at own equipment (切分), if so.

    ``down``: since when the line is down altogether; then an outage is recorded, known to the operator from ``at``, or the
    one that runs already is taken. Work begins at once or in the next window of the line's maintenance type (hikari-line 5).
    ValidationError for a contract without a line in use.
    """
    if contract.state not in LIVE_STATES or contract.line is None:
        raise ValidationError(
            _("Contract %(contract)s is “%(state)s”; faults are taken for lines in use.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    with transaction.atomic():
        outage = contract.line.outages.filter(restored__isnull=True).first()
        if down is not None and outage is None:
            outage = record_outage(line=contract.line, by=by, down=down, known=at)
        ticket = RepairTicket(
            contract=contract,
            reported_at=at,
            symptom=symptom,
            begin_by=_begin_by(contract, at),
            outage=outage,
        )
        ticket.full_clean()
        ticket.save()
        note_change(ticket, "report", by=by, on=japan_date(at))
        if own_check.strip():
            confirm_own_check(ticket=ticket, by=by, at=at, own_check=own_check)
    return ticket


def _begin_by(contract: Contract, at: datetime) -> datetime | None:
    pack = contract.pack(japan_date(at))
    if not pack.has(RepairWindow) or not contract.product.maintenance:
        return None
    facts = RepairWindowFacts(maintenance=cast(Maintenance, contract.product.maintenance), requested=at)
    # The rule answers on the Japanese clock, without a zone.
    return repair_window(pack.rule(RepairWindow), facts).starts.replace(tzinfo=JAPAN)
