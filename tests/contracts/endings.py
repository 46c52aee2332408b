"""Endings that the operator demands, proposes, approves and declares, and what falls due with them."""

from datetime import date
from typing import Any

from contracts.models import Acceleration, Contract, Ending, EndingProposal, Suspension
from contracts.services.accelerate_debts import accelerate_debts
from contracts.services.approve_ending import approve_ending
from contracts.services.declare_ending import declare_ending
from contracts.services.demand_performance import demand_performance
from contracts.services.propose_ending import propose_ending
from notices.models import Notice
from tests import factories
from workflow.selectors import clock_user

DAY, LAST_DAY = date(2025, 8, 1), date(2025, 8, 15)


def suspended(terms_code: str = "isp-access", *, since: date = date(2025, 7, 1), **fields: Any) -> Contract:
    """A contract suspended for a debt since a day."""
    contract = factories.contract(terms_code, state=Contract.State.SUSPENDED, **fields)
    Suspension.objects.create(
        contract=contract,
        ground="unpaid",
        article=str(contract.pack(DAY).article("1")),
        reason="料金の未払い",
        state=Suspension.State.IN_FORCE,
        starts_on=since,
        until_paid=True,
    )
    return contract


def propose(contract: Contract, ground: str = "uncured_suspension", **fields: Any) -> Any:
    """One person proposes to end the contract with LAST_DAY."""
    values: dict[str, Any] = {
        "by": factories.staff(),
        "at": factories.at(DAY),
        "reason": "利用停止後も料金の支払いがないため",
        "ends_on": LAST_DAY,
    }
    return propose_ending(contract=contract, ground=ground, **(values | fields))


def approve(proposal: EndingProposal, day: date = DAY) -> Any:
    """A second person agrees."""
    return approve_ending(proposal=proposal, by=factories.staff(), at=factories.at(day))


def declared(contract: Contract, ground: str, **fields: Any) -> Ending:
    """The clock ends the contract on a ground of the document, with DAY."""
    values: dict[str, Any] = {"by": clock_user(), "on": DAY, "reason": "料金の未払い", "ends_on": DAY}
    return declare_ending(contract=contract, ended_by=Ending.By.OPERATOR, ground=ground, **(values | fields))


def demanded(
    contract: Contract, ground: str = "unpaid", *, reason: str = "2025年5月分の料金の支払い"
) -> Notice:
    """A demand of 10 July that leaves time through the end of that month; it has not left the house."""
    return demand_performance(
        contract=contract,
        by=factories.staff(),
        at=factories.at(date(2025, 7, 10)),
        ground=ground,
        reason=reason,
        perform_by=date(2025, 7, 31),
    )


def accelerate(contract: Contract, ground: str = "insolvency", **fields: Any) -> Acceleration:
    """All that the subscriber owes under the document fell due on DAY."""
    values: dict[str, Any] = {"on": DAY, "since": DAY, "reason": "破産手続開始の申立て"}
    return accelerate_debts(contract=contract, by=clock_user(), ground=ground, **(values | fields))
