"""The states of things in words that customers use, and the colour that goes with each."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice
from contracts.event_words import EVENTS
from contracts.models import Contract, Request
from lineinfo.models import ApiContract, Credential
from workflow.models import StateChange

Tone = Literal["good", "care", "bad", "info", "plain"]
Text = str | Promise


@dataclass(frozen=True)
class Words:
    """``label`` stands on the coloured mark; ``meaning`` says in a sentence what it means for the customer."""

    label: Text
    tone: Tone
    meaning: Text = ""


_CONTRACTS = {
    Contract.State.APPLIED: Words(
        _("Application under review"),
        "info",
        _("We have your application and will answer it in the order of arrival."),
    ),
    Contract.State.ACCEPTED: Words(
        _("Preparing to open"),
        "info",
        _("Your application is accepted. We will tell you the day on which the service starts."),
    ),
    Contract.State.ACTIVE: Words(_("In use"), "good"),
    Contract.State.PAUSED: Words(_("Paused"), "care", _("Paused at your wish.")),
    Contract.State.SUSPENDED: Words(_("Suspended"), "bad", _("The service is suspended at the moment.")),
    Contract.State.HALTED: Words(
        _("Connection stopped"),
        "care",
        _("The interconnection has stopped; the contract ends by itself when the period is over."),
    ),
    Contract.State.ENDING: Words(
        _("Ending"), "care", _("The contract ends on its last day. Until then you can use the service.")
    ),
    Contract.State.ENDED: Words(_("Ended"), "plain"),
    Contract.State.REFUSED: Words(_("Not accepted"), "plain"),
    Contract.State.WITHDRAWN: Words(_("Withdrawn"), "plain"),
    Contract.State.CANCELLED: Words(_("Cancelled before opening"), "plain"),
}

_REQUESTS = {
    Request.State.DRAFT: Words(_("Not sent"), "plain"),
    Request.State.RECEIVED: Words(_("Received"), "info", _("It has reached us and waits for its turn.")),
    Request.State.IN_REVIEW: Words(_("Under review"), "info", _("We are looking at it.")),
    Request.State.DEFERRED: Words(_("Answer deferred"), "care", _("We need more time to answer.")),
    Request.State.ACCEPTED: Words(
        _("Accepted"), "good", _("The answer is yes. What you asked for is being prepared.")
    ),
    Request.State.REFUSED: Words(_("Not accepted"), "bad"),
    Request.State.CARRIED_OUT: Words(_("Done"), "good"),
    Request.State.WITHDRAWN: Words(_("Withdrawn"), "plain"),
}

_API_CONTRACTS = {
    ApiContract.State.APPLIED: Words(_("Application under review"), "info"),
    ApiContract.State.ACTIVE: Words(_("In use"), "good"),
    ApiContract.State.SUSPENDED: Words(_("Suspended"), "bad"),
    ApiContract.State.ENDING: Words(_("Ending"), "care"),
    ApiContract.State.ENDED: Words(_("Ended"), "plain"),
    ApiContract.State.REFUSED: Words(_("Not accepted"), "plain"),
    ApiContract.State.WITHDRAWN: Words(_("Withdrawn"), "plain"),
}


def contract_words(contract: Contract) -> Words:
    """The state of a contract."""
    return _CONTRACTS[Contract.State(contract.state)]


def change_words(change: StateChange) -> Words:
    """What one entry in the history of a contract says: the state it reached, or what was done to it meanwhile."""
    if change.source != change.target:
        return _CONTRACTS[Contract.State(change.target)]
    if change.transition in _OPTIONS:
        return Words(_OPTIONS[change.transition] % {"option": change.reason}, "plain")
    return Words(_EVENTS.get(change.transition, _("Changed")), "plain")


_OPTIONS = {
    "announce_option_end": _("The end of an option was announced: %(option)s"),
    "add_option": _("Option added: %(option)s"),
    "drop_option": _("Option given up: %(option)s"),
    "halt_option": _("Option halted because the connection stopped: %(option)s"),
}
_EVENTS = {
    **EVENTS,
    "demand_performance": _("We asked you to do what you owe under the contract"),
}


def request_words(request: Request) -> Words:
    """The state of a request."""
    return _REQUESTS[Request.State(request.state)]


def api_contract_words(contract: ApiContract) -> Words:
    """The state of an API contract."""
    return _API_CONTRACTS[ApiContract.State(contract.state)]


def invoice_words(invoice: Invoice, on: date) -> Words:
    """The state of an issued invoice, read with its ``falls_due``, as seen on a day: “overdue” is a question of the date."""
    if invoice.state == Invoice.State.ISSUED:
        if invoice.falls_due < on:
            return Words(_("Overdue"), "bad")
        return Words(_("Partly paid"), "care") if invoice.paid else Words(_("To be paid"), "info")
    return _INVOICES[Invoice.State(invoice.state)]


_INVOICES = {
    Invoice.State.SETTLED: Words(_("Paid"), "good"),
    Invoice.State.ASSIGNED: Words(_("Billed by our partner"), "plain"),
    Invoice.State.WRITTEN_OFF: Words(_("Closed"), "plain"),
    Invoice.State.VOID: Words(_("Void"), "plain"),
}


def credential_words(credential: Credential, at: datetime) -> Words:
    """The state of a credential as seen at a moment."""
    if credential.state == Credential.State.REVOKED:
        return Words(_("Blocked"), "bad")
    if credential.is_over(at):
        return Words(_("Expired"), "plain")
    if credential.state == Credential.State.ROTATED:
        return Words(_("Replaced, still works for a while"), "care")
    return Words(_("In use"), "good")
