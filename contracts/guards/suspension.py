"""When a line may be suspended: on a ground of the document, for a period it allows, after the notice it asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.document import Suspension, SuspensionGround
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.suspension_end import SuspensionEnd, SuspensionEndFacts, suspension_end


@dataclass(frozen=True, kw_only=True)
class SuspensionFacts:
    """A suspension that somebody wants. ``through`` is its last day, None for one that lasts until the debt is paid."""

    ground: str
    starts_on: date
    through: date | None
    urgent: bool = False


@dataclass(frozen=True, kw_only=True)
class NoticeFacts:
    """What is known of the notice that had to come first: the day it was dispatched (None: it was not) and what it stated."""

    dispatched_on: date | None
    stated: Mapping[str, Any]


def has_suspension(pack: Pack) -> Refusal | None:
    """Refuses where the document knows no suspension as a sanction."""
    if pack.suspension is None:
        return no_such_clause(
            pack, "no_suspension", _("This document does not let the operator suspend a line as a sanction.")
        )
    return None


def suspension_of(pack: Pack) -> Suspension:
    """The table [suspension]; call has_suspension first."""
    if pack.suspension is None:
        raise ValueError(f"{pack} has no table [suspension]")
    return pack.suspension


def longest_through(pack: Pack, ground: SuspensionGround, starts_on: date) -> date | None:
    """The last day on which a suspension from ``starts_on`` may be in force; None where nothing caps it."""
    if ground.until_paid or not pack.has(SuspensionEnd):
        return None
    return suspension_end(pack.rule(SuspensionEnd), SuspensionEndFacts(from_=starts_on)).last_day


def may_propose(pack: Pack, facts: SuspensionFacts) -> Refusal | None:
    """Refuses a suspension that the document does not allow: no such ground, too long, or urgent without an exception."""
    silent = has_suspension(pack)
    if silent:
        return silent
    table = suspension_of(pack)
    ground = table.ground(facts.ground)
    if ground is None:
        return Refusal(
            table.article,
            "no_such_ground",
            _("“%(ground)s” is not a ground of suspension here.") % {"ground": facts.ground},
        )
    if facts.urgent and not table.urgent_exception:
        return Refusal(
            table.urgent_article or table.article,
            "no_urgent_exception",
            _("The document knows no exception for urgent cases: reason, day and period must be told first."),
        )
    last = longest_through(pack, ground, facts.starts_on)
    if last is not None and facts.through is not None and facts.through > last:
        return Refusal(
            pack.rule(SuspensionEnd).article,
            "too_long",
            _("From %(first)s a suspension may last through %(last)s at most.")
            % {"first": facts.starts_on, "last": last},
        )
    return None


def was_told_first(pack: Pack, facts: SuspensionFacts, notice: NoticeFacts, on: date) -> Refusal | None:
    """Refuses to suspend on ``on`` without a notice dispatched on an earlier day that states what the document asks for.

    An urgent suspension needs none where the document makes that exception. The line is cut from the first moment of
    ``on``, so a notice of the same day does not come first.
    """
    table = suspension_of(pack)
    if facts.urgent:
        return may_propose(pack, facts)
    if notice.dispatched_on is None:
        return Refusal(table.article, "no_notice", _("The notice that must come first was not dispatched."))
    if notice.dispatched_on >= on:
        return Refusal(
            table.article,
            "notice_too_late",
            _("The notice was dispatched on %(day)s; the line can be suspended from the next day on.")
            % {"day": notice.dispatched_on},
        )
    missing = [state for state in table.notice_states if not notice.stated.get(state)]
    if missing:
        return Refusal(
            table.article,
            "notice_incomplete",
            _("The notice does not state: %(missing)s.") % {"missing": ", ".join(missing)},
        )
    return None
