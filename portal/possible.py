"""Which requests about a contract can be sent from its page: those that its document knows and its state allows."""

from collections.abc import Mapping
from datetime import date

from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contracts.kinds import KINDS
from contracts.models import Contract, Request
from contracts.request_fields import products_for
from terms.registry import pack_for

_TITLES: Mapping[str, str | Promise] = {
    Request.Kind.NEW: _("Apply for a new contract"),
    Request.Kind.ITEM_CHANGE: _("Change the item or plan"),
    Request.Kind.OPTION: _("Add or give up an option"),
    Request.Kind.EQUIPMENT: _("Borrow or return equipment"),
    Request.Kind.RELOCATION: _("Move the line to another place"),
    Request.Kind.DIFFERENT_ROUTE: _("Another route for the line"),
    Request.Kind.OTHER_CHANGE: _("Change something else"),
    Request.Kind.PAUSE: _("Pause the service"),
    Request.Kind.RESUME: _("Resume the service"),
    Request.Kind.TRANSFER: _("Transfer the contract to somebody else"),
    Request.Kind.SUCCESSION: _("Report a succession"),
    Request.Kind.NAME_CHANGE: _("Report a new name or address"),
    Request.Kind.PROVIDER_CHANGE: _("Change the provider"),
    Request.Kind.INTERCONNECTION: _("Connect with another operator"),
    Request.Kind.OWN_EQUIPMENT: _("Connect your own equipment"),
    Request.Kind.OWN_FACILITY: _("Connect your own telecommunications facility"),
    Request.Kind.CANCELLATION: _("Cancel before the service starts"),
    Request.Kind.INITIAL_CANCELLATION: _("Cancel within the first days"),
    Request.Kind.ENDING: _("End the contract"),
}


def title_of(kind: str) -> str:
    """What the page of a kind of request is called."""
    return str(_TITLES.get(kind) or capfirst(Request.Kind(kind).label))


def possible_requests(contract: Contract, on: date) -> list[tuple[str, str]]:
    """Kind and words of each. What the document then says to the request itself, the service decides."""
    pack = pack_for(contract.terms_code, on, earliest=True)
    return [
        (code, title_of(code))
        for code, kind in KINDS.items()
        if not kind.new
        and kind.possible(contract)
        and kind.in_time(contract, on)
        and (not kind.must_be_known or kind.terms(pack) is not None)
        and ("product" not in kind.needs or products_for(code, contract.terms_code, contract))
    ]
