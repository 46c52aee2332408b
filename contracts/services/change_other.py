"""Change what no other service changes: where a line ends, or something that is written down in words."""

from datetime import date

from django.db import transaction

from contracts.guards.application import application_of
from contracts.models import Contract, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from workflow.models import StateChange, User


def change_other(
    *, contract: Contract, by: User, on: date, terminal_point: str = "", words: str = ""
) -> StateChange:
    """The record of the change; the line ends at ``terminal_point`` from ``on`` where one is given. The subscriber is told."""
    pack = contract.pack(on)
    article = pack.other_change.article if pack.other_change else application_of(pack).article
    said = [f"終端の場所：{terminal_point}"] if terminal_point else []
    said += [words] if words else []
    with transaction.atomic():
        line = contract.line
        if terminal_point and line is not None:
            line.terminal_point = terminal_point
            line.full_clean()
            line.save()
        change = note_change(contract, "change_other", by=by, on=on, reason="／".join(said), article=article)
        tell(
            contract,
            "change_done",
            on=on,
            article=article,
            change=Request.Kind.OTHER_CHANGE,
            effective_on=on,
            details=said,
        )
    return change
