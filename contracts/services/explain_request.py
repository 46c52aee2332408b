"""Record that the conditions of what is asked for were explained (電気通信事業法26)."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.consents import consent_for
from contracts.guards.explanation import is_owed, may_be_by_voice, was_explained
from contracts.models import Explanation, Request
from contracts.moments import japan_date
from terms.explanation import ExplanationDuty
from terms.refusal import Refusal
from terms.registry import statute
from workflow.errors import Refused
from workflow.models import User

ANSWERED = (Request.State.ACCEPTED, Request.State.CARRIED_OUT, Request.State.REFUSED, Request.State.WITHDRAWN)


def explain_request(
    *,
    request: Request,
    by: User,
    at: datetime,
    method: str,
    prices: Iterable[tuple[str, int]] = (),
    given_by: str = "",
) -> Explanation:
    """The explanation given at ``at`` of the version of that day and of ``prices``: names and yen without tax.

    ``given_by``: who gave it, ``by`` where empty. Refused by voice alone without the consumer's consent; ValidationError where
    nothing is owed (a corporation, a request that costs nothing) or the request is answered already.
    """
    on = japan_date(at)
    duty = duty_of(request, on)
    if duty is None:
        raise ValidationError(_("The law asks for no explanation of this request."))
    if request.state in ANSWERED:
        raise ValidationError(_("This request is answered already; it had to be explained before."))
    assert request.contract is not None
    consent = None
    if method == Explanation.Method.VOICE:
        consent = consent_for(request.contract, duty.without_paper)
        refusal = may_be_by_voice(duty, consented=consent is not None)
        if refusal:
            raise Refused(refusal)
    explanation = Explanation(
        request=request,
        method=method,
        terms_code=request.terms_code,
        effective=request.contract.pack(on).effective,
        prices=[[name, amount] for name, amount in prices],
        consent=consent,
        given_by=given_by or str(by),
        given_at=at,
        recorded_by=by,
    )
    explanation.full_clean()
    explanation.save()
    return explanation


def duty_of(request: Request, on: date) -> ExplanationDuty | None:
    """The duty to explain this request, or None where there is none."""
    return is_owed(
        statute(on, earliest=True),
        holder=request.subscriber.kind,
        kind=request.kind,
        details=request.details,
    )


def not_explained(request: Request, on: date) -> Refusal | None:
    """Why the request cannot be granted on ``on``: its conditions, or those of that day's version, were not explained."""
    assert request.contract is not None
    explained = set(request.explanations.values_list("effective", flat=True))
    return was_explained(
        duty_of(request, on), explained=explained, effective=request.contract.pack(on).effective
    )
