"""Whether a consumer was told the conditions before a contract is made or changed (電気通信事業法26)."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from terms.explanation import ExplanationDuty
from terms.pack import Pack
from terms.refusal import Refusal


def is_owed(law: Pack, *, holder: str, kind: str, details: Mapping[str, Any]) -> ExplanationDuty | None:
    """The duty to explain where ``holder`` asks for a request of ``kind``; None where there is none, as to a corporation."""
    duty = law.explanation_duty
    if duty is None or holder not in duty.holders or kind not in duty.requests:
        return None
    return None if details.get("action") == "drop" else duty


def was_explained(
    duty: ExplanationDuty | None, *, explained: Collection[date], effective: date
) -> Refusal | None:
    """Refuses to grant a request whose conditions were not explained, or only those of another version.

    ``explained``: the effective days of the versions that were explained; ``effective``: of the one under which it is granted.
    """
    if duty is None or effective in explained:
        return None
    if explained:
        return Refusal(
            duty.article,
            "explained_otherwise",
            _("Another version was explained; explain the one of %(day)s, and record it here.")
            % {"day": effective},
        )
    return Refusal(
        duty.article,
        "not_explained",
        _("The conditions were not explained to the consumer yet; explain them, and record it here."),
    )


def may_be_by_voice(duty: ExplanationDuty, *, consented: bool) -> Refusal | None:
    """Refuses an explanation by voice alone where the consumer did not ask for one without paper."""
    if consented:
        return None
    return Refusal(
        duty.article,
        "paper_wanted",
        _("By voice alone only with the consumer’s consent; record it first, or hand over the paper."),
    )
