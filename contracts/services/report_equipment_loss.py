"""Lent equipment was lost, broken or never came back: what the document makes of it."""

from datetime import date
from typing import Any

from django.db import transaction

from contracts.guards.equipment import EquipmentClaim, LossFacts, claim_for
from contracts.models import LentEquipment
from contracts.services.take_equipment_back import not_before_lending
from contracts.services.tell import tell
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform

_MOVES = {
    LentEquipment.State.LOST: "lose",
    LentEquipment.State.DAMAGED: "damage",
    LentEquipment.State.NOT_RETURNED: "give_up",
}


def report_equipment_loss(
    *,
    unit: LentEquipment,
    by: User,
    on: date,
    event: str,
    reason: str,
    duty: str = "",
    cost: int | None = None,
) -> LentEquipment:
    """``event``: "lost", "damaged" or "not_returned". Where the document makes something due, billing charges it.

    A breach of ``duty`` is paid for at its ``cost`` (yen without tax; hikari-line 54-2, isp-access 42-7, hikari-phone 52-2);
    otherwise the damages of the tariff are due where the document has them (hikari-line 42, hikari-phone 36-3), and nothing
    elsewhere. The day by which it is to be paid is the due day of the invoice, as the notice says. Refused for a duty that
    the document does not list there or without a cost.
    """
    not_before_lending(unit, on)
    found = claim_for(unit.contract.pack(on), LossFacts(event=event, duty=duty, cost=cost))
    if isinstance(found, Refusal):
        raise Refused(found)
    with transaction.atomic():
        perform(
            unit,
            _MOVES[LentEquipment.State(event)],
            by=by,
            on=on,
            reason=reason,
            article=found.article if found else None,
        )
        if found:
            _claim(unit, found, on=on, duty=duty, cost=cost)
    return unit


def _claim(unit: LentEquipment, claim: EquipmentClaim, *, on: date, duty: str, cost: int | None) -> None:
    reparation = claim.kind == LentEquipment.Claim.REPARATION
    unit.claim, unit.claimed_on, unit.article = claim.kind, on, str(claim.article)
    unit.duty, unit.cost = duty, cost if reparation else None
    unit.save(update_fields=["claim", "claimed_on", "article", "duty", "cost"])
    facts: dict[str, Any] = {"cost": cost} if reparation else {}
    tell(
        unit.contract,
        "equipment_claimed",
        on=on,
        article=claim.article,
        about=unit,
        equipment=unit.product.name,
        serial_number=unit.serial_number,
        event=LentEquipment.State(unit.state),
        claim=LentEquipment.Claim(claim.kind),
        **facts,
    )
