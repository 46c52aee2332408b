"""Propose that the operator end a contract."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Contract, EndingProposal
from contracts.models.ending_proposal import END
from contracts.moments import japan_date
from contracts.services.ending_checks import check_operator
from notices.models import Notice
from workflow.models import User
from workflow.services.approve import propose


def propose_ending(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    ends_on: date,
    urgent: bool = False,
    demand: Notice | None = None,
) -> EndingProposal:
    """An ending by the operator with ``ends_on`` as its last day, proposed at ``at`` and waiting for a second person (approve_ending).

    Refused at once where the document does not allow it: no such ground, not suspended first, no demand, no urgent
    exception. ValidationError where the reason is left out.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason; the notice states it.")})
    article = check_operator(
        contract, on=japan_date(at), ends_on=ends_on, ground=ground, urgent=urgent, demand=demand
    )
    with transaction.atomic():
        proposal = EndingProposal(
            contract=contract,
            ground=ground,
            article=str(article),
            reason=reason,
            ends_on=ends_on,
            urgent=urgent,
            demand=demand,
        )
        proposal.full_clean()
        proposal.save()
        propose(proposal, END, by=by, reason=reason, article=article, at=at)
    return proposal
