"""Tell a subscriber that interconnection stops: the line is halted, and the contract ends by itself (接続休止)."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Contract
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.models import Notice
from workflow.errors import Refused
from workflow.models import User

HALT = "halt_announced"
"""The occasion of the notice that comes before a halt."""


def announce_halt(
    *, contract: Contract, by: User, at: datetime, reason: str, starts_on: date, ends_on: date
) -> Notice:
    """The notice, written at ``at``, that the line is halted from ``starts_on`` and the contract ends with ``ends_on``.

    ``ends_on`` is the last day of the period that the operator set, counted from ``starts_on`` (isp-access 24).
    Refused where the document knows no halt; ValidationError for days in the wrong order.
    """
    on = japan_date(at)
    table = contract.pack(on).halt
    if table is None:
        raise Refused(
            no_such_clause(contract.pack(on), "no_halt", _("This document knows no halt of interconnection."))
        )
    if not on < starts_on <= ends_on:
        raise ValidationError(
            {"starts_on": _("The halt starts after the notice and ends no earlier than it starts.")}
        )
    with transaction.atomic():
        note_change(contract, "announce_halt", by=by, on=on, reason=reason, article=table.article)
        return tell(
            contract, HALT, on=on, article=table.article, reason=reason, starts_on=starts_on, ends_on=ends_on
        )
