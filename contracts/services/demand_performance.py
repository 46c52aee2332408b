"""Demand that a subscriber perform within a period (催告), before the contract can be ended for it."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.ending import operator_ground
from contracts.guards.silent import no_such_clause
from contracts.models import Contract
from contracts.moments import japan_date
from contracts.services.ending_checks import DEMAND
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.models import Notice
from workflow.errors import Refused
from workflow.models import User


def demand_performance(
    *, contract: Contract, by: User, at: datetime, ground: str, reason: str, perform_by: date
) -> Notice:
    """The notice of demand written at ``at``: what is owed (``reason``) is to be done by ``perform_by``, its last day.

    Refused where the ground asks for no demand (business-network 10-1(7) does). ValidationError for a day that leaves
    no time.
    """
    on = japan_date(at)
    pack = contract.pack(on)
    found = operator_ground(pack, ground)
    if found is None or not found.demand_first:
        raise Refused(
            no_such_clause(
                pack, "no_demand", _("“%(ground)s” is no ground that asks for a demand.") % {"ground": ground}
            )
        )
    if perform_by <= on:
        raise ValidationError(
            {"perform_by": _("The demand must leave the subscriber time; the day lies in the future.")}
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say what is demanded.")})
    with transaction.atomic():
        note_change(contract, "demand_performance", by=by, on=on, reason=reason, article=found.article)
        return tell(contract, DEMAND, on=on, article=found.article, reason=reason, perform_by=perform_by)
