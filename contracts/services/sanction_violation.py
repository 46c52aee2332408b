"""Propose the suspension or the ending that follows from a breach."""

from datetime import date, datetime

from django.db import transaction

from contracts.guards.violation import ending_grounds, suspension_grounds
from contracts.models import EndingProposal, Suspension, Violation
from contracts.moments import japan_date
from contracts.services.act_on_breach import act_on_breach
from contracts.services.propose_ending import propose_ending
from contracts.services.propose_suspension import propose_suspension
from workflow.models import User


def suspend_for_violation(
    *,
    violation: Violation,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    starts_on: date,
    through: date | None = None,
    urgent: bool = False,
) -> Suspension:
    """A proposed suspension that rests on ``violation``, waiting for a second person.

    Refused where the ground does not sanction this duty; further as propose_suspension. WrongState for a violation that
    is closed.
    """
    on = japan_date(at)
    pack = violation.contract.pack(on)
    with transaction.atomic():
        act_on_breach(
            breach=violation,
            pack=pack,
            grounds=suspension_grounds,
            ground=ground,
            by=by,
            on=on,
            reason=reason,
        )
        violation.suspension = propose_suspension(
            contract=violation.contract,
            by=by,
            at=at,
            ground=ground,
            reason=reason,
            starts_on=starts_on,
            through=through,
            urgent=urgent,
        )
        violation.save(update_fields=["suspension"])
    return violation.suspension


def end_for_violation(
    *,
    violation: Violation,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    ends_on: date,
    urgent: bool = False,
) -> EndingProposal:
    """A proposed ending by the operator that rests on ``violation``; otherwise as suspend_for_violation."""
    on = japan_date(at)
    pack = violation.contract.pack(on)
    with transaction.atomic():
        act_on_breach(
            breach=violation, pack=pack, grounds=ending_grounds, ground=ground, by=by, on=on, reason=reason
        )
        violation.ending_proposal = propose_ending(
            contract=violation.contract,
            by=by,
            at=at,
            ground=ground,
            reason=reason,
            ends_on=ends_on,
            urgent=urgent,
        )
        violation.save(update_fields=["ending_proposal"])
    return violation.ending_proposal
