"""When all debts fall due at once (期限の利益の喪失): on the grounds that the document names for it."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.document import EndingGround, SuspensionGround
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class AccelerationFacts:
    """The ground is said to be met since ``since``. ``demand_through``: the last day that a dispatched demand left."""

    ground: str
    since: date
    on: date
    demand_through: date | None = None


def acceleration_grounds(pack: Pack) -> list[EndingGround | SuspensionGround]:
    """The grounds on which everything falls due, in the order of the document; none where it knows no acceleration."""
    table, ending, suspension = pack.acceleration, pack.operator_ending, pack.suspension
    if table is None:
        return []
    found: list[EndingGround | SuspensionGround] = []
    found += [each for each in (ending.grounds if ending else ()) if each.code in table.ending_grounds]
    for each in suspension.grounds if suspension else ():
        if each.code in table.suspension_grounds and each.code not in table.ending_grounds:
            found.append(each)
    return found


def may_accelerate(pack: Pack, facts: AccelerationFacts) -> Refusal | None:
    """Refuses it where the document has none, on another ground, ahead of its day, or before a demand has run out."""
    table = pack.acceleration
    if table is None:
        return no_such_clause(
            pack, "no_acceleration", _("No article of this document lets all debts fall due at once.")
        )
    ground = next((each for each in acceleration_grounds(pack) if each.code == facts.ground), None)
    if ground is None:
        return Refusal(
            table.article,
            "no_such_ground",
            _("“%(ground)s” does not make all debts fall due here.") % {"ground": facts.ground},
        )
    if facts.since > facts.on:
        return Refusal(ground.article, "not_met_yet", _("The ground is not met before that day has come."))
    if isinstance(ground, EndingGround) and ground.demand_first:
        if facts.demand_through is None:
            return Refusal(ground.article, "no_demand", _("A demand with a period must be dispatched first."))
        if facts.demand_through >= facts.since:
            return Refusal(
                ground.article,
                "demand_still_runs",
                _("The demand gave the subscriber until %(day)s.") % {"day": facts.demand_through},
            )
    return None
