"""Interconnection has stopped: halt the line until the contract ends by itself (接続休止)."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Contract, Ending
from contracts.moments import japan_date
from contracts.services.announce_halt import HALT
from contracts.services.follow_ending import follow_ending
from notices.selectors import dispatched_notice
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def halt_contract(*, contract: Contract, by: User, on: date) -> Ending:
    """The line is halted from ``on``; the contract ends with the last day that the notice named.

    Refused where the document knows no halt, the notice was not dispatched on an earlier day, or its day has not come.
    WrongState unless the contract is active.
    """
    pack = contract.pack(on)
    if pack.halt is None:
        raise Refused(no_such_clause(pack, "no_halt", _("This document knows no halt of interconnection.")))
    article = pack.halt.article
    notice = dispatched_notice(contract, HALT)
    if notice is None or notice.dispatched_at is None or japan_date(notice.dispatched_at) >= on:
        raise Refused(Refusal(article, "no_notice", _("The notice that must come first was not dispatched.")))
    starts_on, ends_on = (date.fromisoformat(notice.facts[name]) for name in ("starts_on", "ends_on"))
    if on < starts_on:
        raise Refused(
            Refusal(
                article, "too_early", _("The notice names %(day)s as the first day.") % {"day": starts_on}
            )
        )
    with transaction.atomic():
        perform(
            contract, "halt", by=by, on=on, reason=notice.facts["reason"], article=article, ends_on=ends_on
        )
        ending = Ending.objects.create(
            contract=contract,
            by=Ending.By.AUTOMATIC,
            article=str(article),
            reason=notice.facts["reason"],
            declared_on=on,
            ends_on=ends_on,
            notice=notice,
        )
        follow_ending(ending=ending, on=on)
    return ending
