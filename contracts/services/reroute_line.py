"""Lead a line over another route than the usual one."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Line, Request
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from workflow.errors import Refused
from workflow.models import User


def reroute_line(*, contract: Contract, by: User, on: date, host_exchange: str = "") -> Line:
    """The line takes another route from ``on``, and ends at ``host_exchange`` where one is named (hikari-line 18).

    Refused where the document knows no such route; ValidationError for a contract without a line. The subscriber is told.
    """
    pack = contract.pack(on)
    if pack.different_route is None:
        raise Refused(no_such_clause(pack, "no_different_route", _("This document knows no other route.")))
    line = contract.line
    if line is None:
        raise ValidationError(_("Contract %(contract)s has no line.") % {"contract": contract})
    article = pack.different_route.article
    with transaction.atomic():
        line.different_route = True
        line.host_exchange = host_exchange or line.host_exchange
        line.full_clean()
        line.save()
        note_change(contract, "reroute_line", by=by, on=on, reason=host_exchange, article=article)
        tell(
            contract,
            "change_done",
            on=on,
            article=article,
            change=Request.Kind.DIFFERENT_ROUTE,
            effective_on=on,
            details=[f"収容局：{host_exchange}" if host_exchange else "通常と異なる経路"],
        )
    return line
