"""Ask for lent equipment: the contract ended, it was abolished, or it is no longer used."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.equipment import due_back
from contracts.models import Contract, LentEquipment
from contracts.models.contract import RUNNING_STATES
from contracts.selectors import return_policy
from contracts.services.tell import tell
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def ask_equipment_back(*, unit: LentEquipment, by: User, on: date, why: str) -> LentEquipment:
    """The subscriber is told to return the unit promptly to the place the operator names (hikari-phone 25).

    ``why``: "ending", "abolished" or "disuse". The last day is the operator's own (ReturnPolicy); without a policy there is
    none, and no clock runs. Refused where the document does not name this case; ValidationError for the ending of a contract
    that goes on; WrongState unless the unit is lent.
    """
    article = due_back(unit.contract.pack(on), why)
    if isinstance(article, Refusal):
        raise Refused(article)
    if why == LentEquipment.Why.ENDING and unit.contract.state in RUNNING_STATES | {Contract.State.ACCEPTED}:
        raise ValidationError(
            {"why": _("The contract does not end; wait for its ending, or name another case.")}
        )
    policy = return_policy(unit.contract.terms_code, on)
    return_by = on + timedelta(policy.return_days) if policy else None
    facts: dict[str, Any] = {"return_by": return_by, "place": policy.place} if policy else {}
    with transaction.atomic():
        perform(unit, "ask_back", by=by, on=on, article=article, why=why, return_by=return_by)
        tell(
            unit.contract,
            "equipment_return_asked",
            on=on,
            article=article,
            about=unit,
            equipment=unit.product.name,
            serial_number=unit.serial_number,
            why=LentEquipment.Why(why),
            **facts,
        )
    return unit
