"""Equipment, lent and own, and repairs."""

from django.utils.translation import gettext_lazy as _

from notices.facts import CHOICE, DAY, FLAG, MOMENT, TEXT, YEN
from notices.occasions.occasion import CONTRACT, Facts, occasion

_UNIT: Facts = {**CONTRACT, "equipment": TEXT, "serial_number": TEXT}

OCCASIONS = (
    occasion(
        "equipment_return_asked",
        _("lent equipment asked back"),
        {**_UNIT, "why": CHOICE},
        # The operator names the place (hikari-phone 25); the day is its own.
        return_by=DAY,
        place=TEXT,
    ),
    occasion(
        "equipment_return_reminder",
        _("reminder of lent equipment"),
        {**_UNIT, "return_by": DAY, "place": TEXT, "damages": FLAG},
    ),
    occasion(
        "equipment_claimed",
        _("lent equipment to be paid for"),
        {**_UNIT, "event": CHOICE, "claim": CHOICE},
        cost=YEN,
    ),
    occasion(
        "repair_test_result",
        _("result of a line test"),
        {**CONTRACT, "symptom": TEXT, "tested_at": MOMENT, "clear": FLAG},
    ),
    occasion(
        "repair_closed",
        _("fault closed"),
        {**CONTRACT, "symptom": TEXT, "closed_at": MOMENT, "cause": CHOICE, "fee_due": FLAG},
    ),
    occasion("inspection_asked", _("inspection of own equipment"), {**CONTRACT, "equipment": TEXT}),
    occasion(
        "own_equipment_failed",
        _("own equipment failed the inspection"),
        {**CONTRACT, "equipment": TEXT, "removal": FLAG},
    ),
)
