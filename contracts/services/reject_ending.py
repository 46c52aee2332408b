"""A second person says no to a proposed ending."""

from datetime import datetime

from contracts.models import EndingProposal
from contracts.models.ending_proposal import END
from contracts.services.pending import pending
from workflow.models import User
from workflow.services.approve import decide


def reject_ending(*, proposal: EndingProposal, by: User, at: datetime, reason: str) -> EndingProposal:
    """The proposal is rejected at ``at`` for ``reason``. NotPermitted for the one who proposed it."""
    decide(pending(proposal, END), by=by, at=at, approved=False, reason=reason)
    return proposal
