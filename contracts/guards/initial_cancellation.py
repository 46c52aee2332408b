"""Whether a new contract can still be cancelled without a reason (初期契約解除)."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from terms.refusal import Refusal
from terms.rules.initial_cancellation import (
    InitialCancellation,
    InitialCancellationFacts,
    initial_cancellation,
)

GROUND = "initial_cancellation"
"""The subscriber's ground of an ending under 電気通信事業法26条の3."""


@dataclass(frozen=True, kw_only=True)
class CancellationFacts:
    """Who cancels what, when and in which form; ``document_received``: None while the contract document has not arrived."""

    holder: str
    formed_on: date | None
    document_received: date | None
    dispatched_on: date
    form: str


def may_cancel_initially(rule: InitialCancellation, facts: CancellationFacts) -> Refusal | None:
    """Refuses a corporation, a contract older than the law, a word on the telephone, and what was sent after the last day."""
    if facts.holder == "corporation":
        return Refusal(
            rule.article, "corporation", _("The initial cancellation is not open to corporations.")
        )
    if facts.formed_on is not None and facts.formed_on < rule.since:
        return Refusal(
            rule.article,
            "older_than_law",
            _("The law gives this right for contracts made since %(day)s.") % {"day": rule.since},
        )
    if facts.form == "phone":
        return Refusal(rule.article, "wrong_form", _("The law asks for this in writing; the web will do."))
    if facts.document_received is None:
        return None
    last = initial_cancellation(rule, InitialCancellationFacts(received=facts.document_received)).last_day
    if facts.dispatched_on <= last:
        return None
    return Refusal(rule.article, "too_late", _("It had to be sent by %(day)s.") % {"day": last})
