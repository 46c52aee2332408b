"""When one company may collect the other's charges as its agent."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.pack import Pack
from terms.partner_billing import Collection
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class CollectionFacts:
    """``overdue``: yen that the subscriber owes us overdue. ``doubtful``: somebody judged that arrears are likely.

    ``partner_agrees``: the partner said yes. ``hindrance``: it would hinder the operator's business.
    """

    overdue: int
    doubtful: bool
    partner_agrees: bool
    hindrance: bool


def may_collect(pack: Pack, table: Collection | None, facts: CollectionFacts) -> Refusal | None:
    """Refuses in arrears or where they are likely, without the partner, and where it hinders (hikari-line 59, 60)."""
    if table is None:
        return no_such_clause(
            pack, "no_collection", _("The document of this contract has no such collection.")
        )
    if facts.overdue:
        return Refusal(
            table.no_arrears, "arrears", _("%(yen)s yen are overdue.") % {"yen": f"{facts.overdue:,}"}
        )
    if facts.doubtful:
        return Refusal(table.no_arrears, "doubtful", _("Arrears are likely."))
    if not facts.partner_agrees:
        return Refusal(table.partner_agrees, "partner", _("The partner has not agreed."))
    if facts.hindrance:
        return Refusal(table.no_hindrance, "hindrance", _("It would hinder the operator’s business."))
    return None
