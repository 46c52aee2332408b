"""A second person agrees that the operator ends a contract."""

from datetime import datetime

from django.db import transaction

from contracts.models import Ending, EndingProposal
from contracts.models.ending_proposal import END
from contracts.moments import japan_date
from contracts.services.declare_ending import declare_ending
from contracts.services.pending import pending
from workflow.models import User
from workflow.services.approve import decide


def approve_ending(*, proposal: EndingProposal, by: User, at: datetime) -> Ending:
    """The ending is approved and declared at ``at``, and its notice written.

    NotPermitted for the one who proposed it; Refused where the document no longer allows it (the suspension was lifted,
    the day has come), and then the proposal still waits.
    """
    with transaction.atomic():
        decide(pending(proposal, END), by=by, at=at, approved=True)
        ending = declare_ending(
            contract=proposal.contract,
            by=by,
            on=japan_date(at),
            ended_by=Ending.By.OPERATOR,
            ground=proposal.ground,
            reason=proposal.reason,
            ends_on=proposal.ends_on,
            urgent=proposal.urgent,
            demand=proposal.demand,
            proposal=proposal,
        )
        proposal.ending = ending
        proposal.save(update_fields=["ending"])
    return ending
