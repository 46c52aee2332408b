"""What the clock does about lent equipment: ask for it, remind, and give it up."""

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from contracts.guards.equipment import due_back
from contracts.models import Contract, ContractOption, LentEquipment, ReturnPolicy
from contracts.selectors import return_policy
from contracts.services.ask_equipment_back import ask_equipment_back
from contracts.services.report_equipment_loss import report_equipment_loss
from contracts.services.tell import tell
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused, WrongState
from workflow.selectors import clock_user

logger = logging.getLogger(__name__)


@dataclass
class ChaseCounts:
    """Units ``asked`` back, subscribers ``reminded``, units ``given_up``."""

    asked: int = 0
    reminded: int = 0
    given_up: int = 0


def chase_equipment(*, on: date) -> ChaseCounts:
    """Ask for what is no longer used, remind of what is overdue, give up what never came. Safe to run twice.

    The days are the operator's (ReturnPolicy). Where the document makes nothing due for a unit that is not returned, the
    reminders go on and nobody is charged. One bad unit never stops the others.
    """
    return ChaseCounts(
        asked=_each(_unused(on), on, _ask),
        given_up=_each(_awaited(on), on, _give_up),
        reminded=_each(_awaited(on), on, _remind),
    )


def _unused(on: date) -> QuerySet[LentEquipment]:
    """Lent, though the contract has ended or carries the equipment no more."""
    carried = ContractOption.objects.filter(
        contract=OuterRef("contract"), product=OuterRef("product"), starts_on__lte=on
    ).filter(Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return LentEquipment.objects.filter(state=LentEquipment.State.LENT).filter(~Exists(carried))


def _awaited(on: date) -> QuerySet[LentEquipment]:
    return LentEquipment.objects.filter(state=LentEquipment.State.TO_RETURN, return_by__lt=on)


def _each(
    units: QuerySet[LentEquipment], on: date, step: Callable[[LentEquipment, ReturnPolicy | None, date], bool]
) -> int:
    done = 0
    for unit in units.select_related("contract__subscriber", "contract__product", "product").order_by("pk"):
        try:
            with transaction.atomic():
                done += step(unit, return_policy(unit.contract.terms_code, unit.asked_on or on), on)
        except (Refused, WrongState, ValidationError) as problem:
            logger.warning("equipment %s: %s", unit.pk, problem)
    return done


def _ask(unit: LentEquipment, policy: ReturnPolicy | None, on: date) -> bool:
    ended = unit.contract.state in (Contract.State.ENDED, Contract.State.CANCELLED)
    why = LentEquipment.Why.ENDING if ended else LentEquipment.Why.DISUSE
    # Where the document is silent somebody of the staff looks; the list of equipment shows it.
    if isinstance(due_back(unit.contract.pack(on), why), Refusal):
        return False
    ask_equipment_back(unit=unit, by=clock_user(), on=on, why=why)
    return True


def _give_up(unit: LentEquipment, policy: ReturnPolicy | None, on: date) -> bool:
    table = unit.contract.pack(on).lent_equipment
    claimable = table is not None and "not_returned" in table.damages_for
    if policy is None or unit.asked_on is None or not claimable:
        return False
    if on <= unit.asked_on + timedelta(policy.give_up_after):
        return False
    report_equipment_loss(
        unit=unit,
        by=clock_user(),
        on=on,
        event=LentEquipment.State.NOT_RETURNED,
        reason=_("Not returned within %(days)s days after it was asked back.")
        % {"days": policy.give_up_after},
    )
    return True


def _remind(unit: LentEquipment, policy: ReturnPolicy | None, on: date) -> bool:
    last = unit.reminded_on or unit.return_by
    if policy is None or last is None or unit.return_by is None:
        return False
    if unit.reminded_on and on < last + timedelta(policy.remind_every):
        return False
    table = unit.contract.pack(on).lent_equipment
    unit.reminded_on = on
    unit.save(update_fields=["reminded_on"])
    tell(
        unit.contract,
        "equipment_return_reminder",
        on=on,
        article=ArticleRef.parse(unit.article),
        about=unit,
        equipment=unit.product.name,
        serial_number=unit.serial_number,
        return_by=unit.return_by,
        place=policy.place,
        damages=table is not None and "not_returned" in table.damages_for,
    )
    return True
