"""What a document says of lent equipment: when it is due back, what its loss costs, whether it is moved."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class LossFacts:
    """What became of a unit: ``event`` "lost", "damaged" or "not_returned".

    ``duty``: the duty whose breach caused it, empty where none did; ``cost``: yen without tax of making it good.
    """

    event: str
    duty: str = ""
    cost: int | None = None


@dataclass(frozen=True, kw_only=True)
class EquipmentClaim:
    """What the subscriber owes for it: ``kind`` "damages" (by tariff) or "reparation" (the cost)."""

    kind: str
    article: ArticleRef


def due_back(pack: Pack, why: str) -> ArticleRef | Refusal:
    """The article under which equipment is due back because of ``why``; refuses where the document names no such case."""
    table = pack.lent_equipment
    if table is None or table.return_article is None:
        return no_such_clause(
            pack, "no_return", _("This document does not say when lent equipment is to be returned.")
        )
    if why not in table.return_on:
        return Refusal(
            table.return_article,
            "not_due_back",
            _("The document does not name this as a case in which equipment is returned."),
        )
    return table.return_article


def claim_for(pack: Pack, facts: LossFacts) -> EquipmentClaim | Refusal | None:
    """What is owed for a unit; None where the document makes nothing due, a refusal where the facts do not fit it.

    A loss in breach of a listed duty is paid for at its cost, any other by the tariff's damages, never both.
    """
    table = pack.lent_equipment
    if facts.duty:
        if table is None or table.reparation_article is None:
            return no_such_clause(
                pack, "no_reparation", _("This document makes no breach of a duty payable in this way.")
            )
        if facts.duty not in table.reparation_duties:
            return Refusal(
                table.reparation_article,
                "no_such_duty",
                _("“%(duty)s” is not one of the duties whose breach is paid for.") % {"duty": facts.duty},
            )
        if facts.cost is None:
            return Refusal(
                table.reparation_article, "no_cost", _("Enter what making it good costs; that sum is owed.")
            )
        return EquipmentClaim(kind="reparation", article=table.reparation_article)
    if table is None or table.damages_article is None or facts.event not in table.damages_for:
        return None
    return EquipmentClaim(kind="damages", article=table.damages_article)


def may_move(pack: Pack) -> Refusal | None:
    """Refuses to move equipment under a document that does not provide for it."""
    if pack.lent_equipment is None or pack.lent_equipment.move_article is None:
        return no_such_clause(
            pack, "no_moving", _("This document does not provide for moving lent equipment.")
        )
    return None
