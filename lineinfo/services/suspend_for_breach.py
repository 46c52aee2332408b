"""Suspend an API contract for a breach that is on record."""

from collections.abc import Iterable
from datetime import date, datetime

from django.db import transaction

from contracts.guards.violation import suspension_grounds
from contracts.moments import japan_date
from contracts.services.act_on_breach import act_on_breach
from lineinfo.models import ApiBreach, ApiSuspension
from lineinfo.services.suspend_api_contract import suspend_api_contract
from workflow.models import User


def suspend_for_breach(
    *,
    breach: ApiBreach,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    starts_on: date,
    through: date | None,
    urgent_reason: str = "",
    parts: Iterable[str] = (),
) -> ApiSuspension:
    """The suspension that rests on ``breach`` (line-info-api 17-1(3), 17-1(4)); otherwise as suspend_api_contract.

    Refused where ``ground`` does not sanction this duty; WrongState for a breach that is closed.
    """
    on = japan_date(at)
    pack = breach.api_contract.pack(on)
    with transaction.atomic():
        act_on_breach(
            breach=breach, pack=pack, grounds=suspension_grounds, ground=ground, by=by, on=on, reason=reason
        )
        breach.suspension = suspend_api_contract(
            contract=breach.api_contract,
            by=by,
            at=at,
            ground=ground,
            reason=reason,
            starts_on=starts_on,
            through=through,
            urgent_reason=urgent_reason,
            parts=parts,
        )
        breach.save(update_fields=["suspension"])
    return breach.suspension
