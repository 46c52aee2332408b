"""Suspensions as far as a test needs them."""

from datetime import date
from typing import Any

from contracts.models import Contract, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.propose_suspension import propose_suspension
from tests import factories

DAY, STARTS, THROUGH = date(2025, 8, 1), date(2025, 8, 11), date(2025, 8, 31)


def propose(contract: Contract | None = None, **fields: Any) -> Any:
    """One person proposes to suspend a contract from STARTS to THROUGH."""
    values: dict[str, Any] = {
        "contract": contract or factories.contract(),
        "by": factories.staff(),
        "at": factories.at(DAY),
        "ground": "breach_of_duties",
        "reason": "当社設備の無断改造を確認したため",
        "starts_on": STARTS,
        "through": THROUGH,
    }
    return propose_suspension(**(values | fields))


def noticed(contract: Contract | None = None, *, sent_on: date | None = DAY, **fields: Any) -> Any:
    """Approved and told; dispatched on ``sent_on`` unless None."""
    suspension = propose(contract, **fields)
    if suspension.state == Suspension.State.PROPOSED:
        approve_suspension(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    give_suspension_notice(suspension=suspension, by=factories.staff(), at=factories.at(DAY))
    if sent_on:
        factories.dispatched(suspension.notice, sent_on)
    return suspension


def in_force(contract: Contract | None = None, **fields: Any) -> Any:
    """Told on DAY, and the line cut on its first day."""
    suspension = noticed(contract, **fields)
    return enforce_suspension(
        suspension=suspension, by=factories.staff(), on=suspension.starts_on, still_holds=True
    )
