"""When somebody is sent out for a fault, and when the visit costs the subscriber."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from terms.article import ArticleRef
from terms.pack import Pack
from terms.refusal import Refusal


@dataclass(frozen=True, kw_only=True)
class VisitFacts:
    """What is known of a visit. ``clear``: the operator's test found its own facilities in order (None: no test was made).

    ``told``: the result was told before the visit; ``requested``: the subscriber asked for the visit; ``own``: the fault lay
    in the subscriber's own equipment; ``maintained``: which the operator maintains under a contract.
    """

    clear: bool | None
    told: bool
    requested: bool
    own: bool
    maintained: bool = False


def may_dispatch(pack: Pack, *, checked: bool) -> Refusal | None:
    """Refuses to send somebody before the subscriber's own check is on record, where the document wants it first."""
    table = pack.repair
    if table is None or table.own_check_article is None or checked:
        return None
    return Refusal(
        table.own_check_article,
        "own_check_first",
        _("The subscriber first makes sure that the own equipment has no fault; record that check."),
    )


def dispatch_fee_due(pack: Pack, facts: VisitFacts) -> ArticleRef | None:
    """The article under which the visit costs the subscriber; None in every other case."""
    table = pack.repair
    if table is None or table.dispatch_article is None:
        return None
    if facts.maintained and table.maintained_exempt:
        return None
    due = facts.clear is True and facts.told and facts.requested and facts.own
    return table.dispatch_article if due else None
