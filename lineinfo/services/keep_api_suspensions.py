"""The nightly round of suspensions of API contracts: those due come into force, those whose period is over end."""

from dataclasses import dataclass
from datetime import datetime

from contracts.moments import japan_date
from lineinfo.models import ApiSuspension
from lineinfo.services.enforce_api_suspension import enforce_api_suspension
from lineinfo.services.lift_api_suspension import close_suspension
from workflow.errors import Refused, WrongState
from workflow.models import User

# Told to the contractor as they stand.
_PERIOD_OVER = "利用停止の期間が満了したため"
_NEVER_BEGAN = "通知が届く前に利用停止の期間が過ぎたため"


@dataclass(frozen=True)
class Kept:
    """How many came into force, how many are over, and how many wait because their notice has not been proved."""

    enforced: int
    expired: int
    waiting: int


def keep_api_suspensions(*, by: User, at: datetime) -> Kept:
    """One round for the day of ``at``. Each suspension stands for itself; a second round the same day changes nothing."""
    on = japan_date(at)
    expired = enforced = waiting = 0
    for suspension in ApiSuspension.objects.filter(state=ApiSuspension.State.ANNOUNCED, starts_on__lte=on):
        try:
            if suspension.through is not None and suspension.through < on:
                close_suspension(suspension, "withdraw", by=by, at=at, reason=_NEVER_BEGAN)
                continue
            enforce_api_suspension(suspension=suspension, by=by, on=on)
            enforced += 1
        except Refused:
            waiting += 1
        except WrongState:
            pass  # another worker got there first
    for suspension in ApiSuspension.objects.filter(state=ApiSuspension.State.IN_FORCE, through__lt=on):
        try:
            close_suspension(suspension, "expire", by=by, at=at, reason=_PERIOD_OVER)
            expired += 1
        except WrongState:
            pass
    return Kept(enforced=enforced, expired=expired, waiting=waiting)
