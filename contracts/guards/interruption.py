"""When the operator may take lines out of use for its own reasons (利用中止)."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class InterruptionFacts:
    """What is planned: on which ground, announced at, from when, whether it is urgent, and whether the rest goes on meanwhile."""

    ground: str
    announced_at: datetime
    starts_at: datetime
    urgent: bool
    in_part: bool = False


def may_interrupt(pack: Pack, facts: InterruptionFacts) -> Refusal | None:
    """Refuses a ground that the document does not have or that is about the whole function alone, urgency without an exception
    for it, and an announcement that comes late.
    """
    table = pack.interruption
    if table is None:
        return no_such_clause(pack, "no_interruption", _("This document knows no interruption of use."))
    if table.ground(facts.ground) is None:
        return Refusal(
            table.article,
            "no_such_ground",
            _("“%(ground)s” is not a ground of interruption here.") % {"ground": facts.ground},
        )
    if facts.in_part and facts.ground not in table.in_part:
        return Refusal(
            table.article,
            "whole_only",
            _(
                "On this ground the document interrupts the whole function; choose no part, or another ground."
            ),
        )
    if facts.urgent:
        if table.urgent_exception:
            return None
        return Refusal(
            table.article,
            "no_urgent_exception",
            _("The document knows no exception for urgent cases: announce it first."),
        )
    if facts.announced_at >= facts.starts_at:
        return Refusal(
            table.article,
            "not_announced_first",
            _("An interruption is announced before it starts, unless it is urgent."),
        )
    return None
