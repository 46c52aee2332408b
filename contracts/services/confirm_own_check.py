"""Record that the subscriber looked at own equipment first."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import RepairTicket
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def confirm_own_check(*, ticket: RepairTicket, by: User, at: datetime, own_check: str) -> RepairTicket:
    """``own_check``: how the subscriber made sure that the own equipment has no fault (hikari-line 49-1, hikari-phone 46-1,
    isp-access 38-1). ValidationError without it; WrongState unless the ticket is new."""
    if not own_check.strip():
        raise ValidationError({"own_check": _("Write down how the subscriber made sure of it.")})
    on = japan_date(at)
    table = ticket.contract.pack(on).repair
    article = table.own_check_article if table else None
    perform(ticket, "confirm_check", by=by, on=on, article=article, own_check=own_check)
    return ticket
