"""Whether a document still lets works be paid in instalments (割賦)."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.pack import Pack
from terms.refusal import Refusal
from terms.rules.instalment_intake import InstalmentIntake, InstalmentIntakeFacts, instalment_intake


def takes_instalments(pack: Pack, *, asked: date) -> Refusal | None:
    """Refuses instalments that were asked for on a day on which the document took none, or of which it says nothing."""
    if not pack.has(InstalmentIntake):
        return no_such_clause(pack, "closed", _("%(terms)s knows no instalments.") % {"terms": pack.title})
    answer = instalment_intake(pack.rule(InstalmentIntake), InstalmentIntakeFacts(requested=asked))
    return (
        None
        if answer.accepted
        else Refusal(answer.article, "closed", _("No more works are taken on instalments."))
    )
