"""Move lent equipment on request."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.equipment import may_move
from contracts.models import LentEquipment, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from workflow.errors import Refused
from workflow.models import User


def move_equipment(*, unit: LentEquipment, by: User, on: date, place: str) -> LentEquipment:
    """The unit, the operator's or its wholesaler's, stands at ``place`` from ``on`` (hikari-phone 24); the subscriber is told.

    Refused where the document does not provide for it; ValidationError for a unit that is not lent, or for no new place.
    """
    pack = unit.contract.pack(on)
    refusal = may_move(pack)
    if refusal:
        raise Refused(refusal)
    assert pack.lent_equipment is not None
    assert pack.lent_equipment.move_article is not None
    article, place = pack.lent_equipment.move_article, place.strip()
    with transaction.atomic():
        unit.refresh_from_db(from_queryset=LentEquipment.objects.select_for_update(of=("self",)))
        if unit.state != LentEquipment.State.LENT:
            raise ValidationError(
                _("%(unit)s is “%(state)s”; only equipment that is lent is moved.")
                % {"unit": unit, "state": unit.get_state_display()}
            )
        if place in ("", unit.place):
            raise ValidationError({"place": _("Enter the place where it will stand; it is not there yet.")})
        before, unit.place = unit.place, place
        unit.full_clean()
        unit.save(update_fields=["place"])
        note_change(unit, "move", by=by, on=on, reason=f"{before} → {place}", article=article)
        tell(
            unit.contract,
            "change_done",
            on=on,
            article=article,
            about=unit,
            change=Request.Kind.EQUIPMENT,
            effective_on=on,
            details=[f"{unit.product.name}（{unit.serial_number}）の移転先：{place}"],
        )
    return unit
