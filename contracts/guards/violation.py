"""What may follow from the breach of a duty, and for whose acts the subscriber answers."""

from django.utils.translation import gettext as _

from contracts.guards.ending import operator_grounds
from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.document import EndingGround, Ground, SuspensionGround, find
from terms.pack import Pack
from terms.refusal import Refusal


def duty_of(pack: Pack, code: str) -> Ground | Refusal:
    """The duty of that code, or the refusal where the document does not lay it on the subscriber."""
    return find(pack.duties, code) or no_such_clause(
        pack, "no_such_duty", _("“%(duty)s” is no duty of the subscriber here.") % {"duty": code}
    )


def answers_for(pack: Pack, *, due_care: bool) -> ArticleRef | Refusal:
    """The article under which the subscriber answers for another user's act; a refusal where the document frees them."""
    table = pack.use_by_others
    if table is None:
        return no_such_clause(
            pack,
            "not_answerable",
            _("This document does not have the subscriber answer for what other users did."),
        )
    if due_care and table.excused_by_care:
        return Refusal(
            table.article,
            "due_care",
            _("The subscriber took due care, and does not answer for the other user’s act."),
        )
    return table.article


def suspension_grounds(pack: Pack, breached: ArticleRef) -> list[SuspensionGround]:
    """The grounds of suspension that sanction a breach of this article."""
    grounds = pack.suspension.grounds if pack.suspension else ()
    return [ground for ground in grounds if _sanctions(ground.breach_of, breached)]


def ending_grounds(pack: Pack, breached: ArticleRef) -> list[EndingGround]:
    """The grounds of ending that sanction a breach of this article; one that was suspended for it and not cured, too."""
    after = bool(suspension_grounds(pack, breached))
    return [
        ground
        for ground in operator_grounds(pack)
        if _sanctions(ground.breach_of, breached) or (after and ground.after_suspension)
    ]


def may_act_on(
    pack: Pack, ground: str, offered: list[SuspensionGround] | list[EndingGround]
) -> Refusal | None:
    """Refuses a ground that does not sanction the breach."""
    if any(found.code == ground for found in offered):
        return None
    return no_such_clause(
        pack,
        "no_such_ground",
        _("“%(ground)s” is no ground on which this breach is sanctioned.") % {"ground": ground},
    )


def may_measure(
    pack: Pack, breached: ArticleRef, *, kind: str, urgent: bool, told: bool
) -> ArticleRef | Refusal:
    """The article under which content may be dealt with; a refusal where the document does not let it, or not yet."""
    table = pack.content_measures
    if table is None or kind not in table.kinds or not _sanctions(table.breach_of, breached):
        return no_such_clause(
            pack, "no_content_measure", _("The document provides for no such measure on this breach.")
        )
    if urgent and not table.urgent_exception and table.prior_notice:
        return Refusal(
            table.article,
            "no_urgent_exception",
            _("The document knows no exception for urgent cases: announce it first."),
        )
    if table.prior_notice and not urgent and not told:
        return Refusal(table.article, "no_notice", _("The notice that must come first was not dispatched."))
    return table.article


def _sanctions(articles: tuple[ArticleRef, ...], breached: ArticleRef) -> bool:
    return any(article.head == breached.head for article in articles)
