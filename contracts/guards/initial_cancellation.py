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
    """Who cancels, when and in which form; ``document_received``: None while the contract document has not arrived."""

    holder: str
    document_received: date | None
    dispatched_on: date
    form: str


def may_cancel_initially(rule: InitialCancellation, facts: CancellationFacts) -> Refusal | None:
    """Refuses a corporation, a word on the telephone, and what was sent after the last day."""
    if facts.holder == "corporation":
        return Refusal(
            rule.article, "corporation", _("The initial cancellation is not open to corporations.")
        )
    if facts.form == "phone":
        return Refusal(rule.article, "wrong_form", _("The law asks for this in writing; the web will do."))
    if facts.document_received is None:
        return None
    last = initial_cancellation(rule, InitialCancellationFacts(received=facts.document_received)).last_day
    if facts.dispatched_on <= last:
        return None
    return Refusal(rule.article, "too_late", _("It had to be sent by %(day)s.") % {"day": last})
