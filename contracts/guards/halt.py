"""When interconnection has stopped: what may be halted, and not before its notice was sent (接続休止)."""

from datetime import date
from typing import Literal

from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from terms.article import ArticleRef
from terms.document import Halt
from terms.pack import Pack
from terms.refusal import Refusal


def halt_of(pack: Pack, what: Literal["contract", "option"]) -> Halt | Refusal:
    """The document's clause on a halt of ``what``, or the refusal where it has none."""
    if pack.halt is None:
        return no_such_clause(pack, "no_halt", _("This document knows no halt of interconnection."))
    if what not in pack.halt.halts:
        return Refusal(
            pack.halt.article,
            "no_halt",
            _("Only a whole contract is halted under this document, not an option.")
            if what == "option"
            else _("Only options are halted under this document, not a whole contract."),
        )
    return pack.halt


def may_halt(article: ArticleRef, *, dispatched_on: date | None, starts_on: date, on: date) -> Refusal | None:
    """Refuses a halt on ``on`` whose notice was not dispatched on an earlier day, or names a later first day."""
    if dispatched_on is None or dispatched_on >= on:
        return Refusal(article, "no_notice", _("The notice that must come first was not dispatched."))
    if on < starts_on:
        return Refusal(
            article, "too_early", _("The notice names %(day)s as the first day.") % {"day": starts_on}
        )
    return None
