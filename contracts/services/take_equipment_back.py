"""Lent equipment came back."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import LentEquipment
from workflow.models import User
from workflow.services.perform import perform


def take_equipment_back(*, unit: LentEquipment, by: User, on: date) -> LentEquipment:
    """The unit is back and in order; what came back broken goes to report_equipment_loss.

    WrongState unless it is lent or awaited; ValidationError for a day before it was lent.
    """
    not_before_lending(unit, on)
    perform(unit, "take_back", by=by, on=on)
    return unit


def not_before_lending(unit: LentEquipment, on: date) -> None:
    """ValidationError for a day before the unit was lent."""
    if on < unit.lent_on:
        raise ValidationError({"on": _("The unit was lent on %(day)s.") % {"day": unit.lent_on}})
