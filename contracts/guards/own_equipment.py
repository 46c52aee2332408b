"""What a document says of the subscriber's own equipment."""

from django.utils.translation import gettext as _

from contracts.guards.forms import in_form
from contracts.guards.silent import no_such_clause
from terms.own_equipment import OwnEquipment
from terms.pack import Pack
from terms.refusal import Refusal


def clause_of(pack: Pack, kind: str) -> OwnEquipment | Refusal:
    """The clause on own equipment of a kind; refuses where the document says nothing of it."""
    found = next((each for each in pack.own_equipment if each.kind == kind), None)
    return found or no_such_clause(
        pack, "no_own_equipment", _("This document says nothing of own equipment of this kind.")
    )


def may_ask(clause: OwnEquipment, *, form: str, certified: bool) -> Refusal | None:
    """Refuses a request for connection in another form than the document's for such equipment."""
    table = clause.connection
    if table is None:
        return None
    return in_form(table.form if certified else table.uncertified_form, table.article, form)


def may_connect(clause: OwnEquipment, *, certified: bool, passed: bool) -> Refusal | None:
    """Refuses to grant what the document wants inspected first."""
    table = clause.connection
    if table is None or passed or (certified and table.certified_exempt):
        return None
    return Refusal(
        table.inspection_article, "inspect_first", _("It is to be inspected before it is granted.")
    )


def may_inspect(clause: OwnEquipment, *, occasion: str) -> Refusal | None:
    """Refuses an inspection on an occasion that the document does not name."""
    if occasion in clause.occasions:
        return None
    return Refusal(
        clause.article, "no_such_occasion", _("The document names no inspection on this occasion.")
    )
