"""Put the breach of a duty on record."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.violation import answers_for, duty_of
from contracts.models import Contract, Violation
from contracts.models.contract import LIVE_STATES
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def record_violation(
    *,
    contract: Contract,
    by: User,
    on: date,
    duty: str,
    happened_on: date,
    reported_by: str,
    evidence: str,
    other_user: str = "",
    due_care: bool = False,
    claimant: str = "",
) -> Violation:
    """A breach of ``duty`` under ``contract``, reported on ``on``.

    ``other_user``: who did it, where it was not the subscriber; then the article under which the subscriber answers for
    others is recorded with it (isp-access 43, business-network 15). ``due_care``: the subscriber took due care all the same.
    ``claimant``: who makes a claim because of it; where the document leaves claims to be settled by the subscriber
    (business-network 17-2), it is passed on.
    Refused where the document has no such duty, or does not have the subscriber answer for the other user; ValidationError
    for a contract that does not bind any more, or dates in the wrong order.
    """
    pack = contract.pack(on)
    found = duty_of(pack, duty)
    if isinstance(found, Refusal):
        raise Refused(found)
    answers = answers_for(pack, due_care=due_care) if other_user else None
    if isinstance(answers, Refusal):
        raise Refused(answers)
    if contract.state not in LIVE_STATES:
        raise ValidationError(_("Contract %(contract)s binds nobody now.") % {"contract": contract})
    with transaction.atomic():
        violation = Violation(
            contract=contract,
            duty=duty,
            article=str(found.article),
            happened_on=happened_on,
            reported_on=on,
            reported_by=reported_by,
            evidence=evidence,
            other_user=other_user,
            answers_article=str(answers) if answers else "",
            claimant=claimant,
            recorded_by=by,
        )
        violation.full_clean()
        violation.save()
        note_change(violation, "record", by=by, on=on, reason=evidence, article=found.article)
        if claimant and pack.claims:
            tell(
                contract,
                "claim_passed_on",
                on=on,
                article=pack.claims.article,
                about=violation,
                claimant=claimant,
                what=evidence,
                received_on=on,
            )
    return violation
