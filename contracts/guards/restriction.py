"""When use may be restricted: on the document's grounds, with the notice that it asks for; and whose lines stay."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.measures import PriorityBody
from terms.measures import Restriction as Clause
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class RestrictionFacts:
    """What is known when a restriction is declared at ``declared_at``, to run from ``starts_at``.

    ``callers_told_at``: when those on the line were told, or None; ``named_lines``: whether single lines are named.
    """

    ground: str
    declared_at: datetime
    starts_at: datetime
    callers_told_at: datetime | None = None
    urgent: bool = False
    named_lines: bool = False


def restriction_of(pack: Pack) -> Clause | Refusal:
    """The table [restriction] of the document, or the refusal where it has none."""
    return pack.restriction or no_such_clause(
        pack, "no_restriction", _("This document knows no restriction of use.")
    )


def priority_bodies(pack: Pack, law: Pack) -> tuple[PriorityBody, ...]:
    """The bodies whose lines stay: those of the document, or of the law where it lists none."""
    if pack.restriction and pack.restriction.priority_bodies:
        return pack.restriction.priority_bodies
    return law.restriction.priority_bodies if law.restriction else ()


def may_restrict(pack: Pack, facts: RestrictionFacts) -> Refusal | None:
    """Refuses a ground that the document does not have, callers who were not told, and an interruption told too late."""
    table = restriction_of(pack)
    if isinstance(table, Refusal):
        return table
    ground = table.ground(facts.ground)
    if ground is None:
        return Refusal(
            table.article,
            "no_such_ground",
            _("“%(ground)s” is not a ground of restriction here.") % {"ground": facts.ground},
        )
    if ground.one_user and not facts.named_lines:
        return Refusal(
            ground.article, "no_lines", _("This ground concerns single users; name the lines of those users.")
        )
    if ground.tell_callers and (facts.callers_told_at is None or facts.callers_told_at > facts.starts_at):
        return Refusal(
            ground.article, "callers_not_told", _("Those on the line are told before their calls are cut.")
        )
    clause = pack.interruption if ground.interruption else None
    if clause is None:
        return None
    if facts.urgent and not clause.urgent_exception:
        return Refusal(
            clause.article,
            "no_urgent_exception",
            _("The document knows no exception for urgent cases: announce it first."),
        )
    if not facts.urgent and facts.declared_at >= facts.starts_at:
        return Refusal(
            clause.article,
            "not_announced_first",
            _("An interruption is announced before it starts, unless it is urgent."),
        )
    return None
