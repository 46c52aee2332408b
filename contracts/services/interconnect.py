"""Connect another circuit to a line, change what is connected, or take it away (回線相互接続)."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import Contract, InterconnectedLine, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from workflow.models import User


def interconnect(
    *,
    contract: Contract,
    by: User,
    on: date,
    action: str,
    circuit: str,
    place: str = "",
    equipment: str = "",
    request: Request,
) -> InterconnectedLine:
    """``action`` "add": ``circuit`` is connected from ``on``; "change": its place or equipment is another; "drop": no longer.

    The quality of what passes between the two is not warranted. ValidationError where it is connected already, or is not.
    """
    pack = contract.pack(on)
    article = pack.interconnection.article if pack.interconnection else application_of(pack).article
    with transaction.atomic():
        if action == "add":
            found = InterconnectedLine(
                contract=contract, circuit=circuit, since=on, request=request, article=str(article)
            )
        else:
            found = connected(contract, circuit)
        if action == "drop":
            found.until = max(on, found.since)
        else:
            found.place, found.equipment = place, equipment
        found.full_clean()
        found.save()
        note_change(contract, f"interconnection_{action}", by=by, on=on, reason=circuit, article=article)
        words = {"add": "接続", "change": "変更", "drop": "廃止"}[action]
        tell(
            contract,
            "change_done",
            on=on,
            article=article,
            change=Request.Kind.INTERCONNECTION,
            effective_on=on,
            details=[
                f"相互接続の{words}：{circuit}",
                *([f"場所：{found.place}", f"設備：{found.equipment}"]),
            ],
        )
    return found


def connected(contract: Contract, circuit: str) -> InterconnectedLine:
    """The standing connection with ``circuit``. ValidationError where there is none."""
    found = contract.interconnected_lines.filter(circuit=circuit, until__isnull=True).first()
    if found is None:
        raise ValidationError(
            {"circuit": _("“%(circuit)s” is not connected to this line.") % {"circuit": circuit}}
        )
    return found
