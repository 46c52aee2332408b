"""Test the operator's side of a fault and tell the result."""

from datetime import datetime

from django.db import transaction

from contracts.models import RepairTicket
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.errors import WrongState
from workflow.models import User

_OPEN = frozenset({RepairTicket.State.REPORTED, RepairTicket.State.CHECKED})


def run_line_test(*, ticket: RepairTicket, by: User, at: datetime, clear: bool) -> RepairTicket:
    """``clear``: the operator's facilities have no fault. The subscriber is told (hikari-line 49-2, hikari-phone 46-2,
    isp-access 38-2). WrongState once somebody was sent out."""
    on = japan_date(at)
    pack = ticket.contract.pack(on)
    article: ArticleRef = (
        pack.repair.test_article or pack.repair.article
        if pack.repair
        else pack.article(next(iter(pack.articles)))
    )
    with transaction.atomic():
        ticket.refresh_from_db(from_queryset=RepairTicket.objects.select_for_update(of=("self",)))
        if ticket.state not in _OPEN:
            raise WrongState(f"{ticket}: {ticket.get_state_display()}")
        ticket.tested_at, ticket.test_clear = at, clear
        ticket.save(update_fields=["tested_at", "test_clear"])
        note_change(ticket, "test", by=by, on=on, article=article)
        tell(
            ticket.contract,
            "repair_test_result",
            on=on,
            article=article,
            about=ticket,
            symptom=ticket.symptom,
            tested_at=at,
            clear=clear,
        )
    return ticket
