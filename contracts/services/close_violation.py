"""Close a violation: the subscriber cured it, or it proved to be none."""

from datetime import date

from django.db import transaction

from contracts.models import Suspension, Violation
from contracts.models.ending_proposal import END
from contracts.services.lift_suspension import lift_suspension
from contracts.services.pending import drop_pending
from contracts.services.withdraw_ending import withdraw_ending
from contracts.services.withdraw_suspension import withdraw_suspension
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform

_COMING = {Suspension.State.PROPOSED, Suspension.State.APPROVED, Suspension.State.NOTICED}


def cure_violation(*, violation: Violation, by: User, on: date, reason: str) -> Violation:
    """The subscriber put it right, or settled the claim: what rests on it falls away.

    A suspension that has not come is withdrawn, one in force lifted; a proposed ending is rejected, a declared one
    withdrawn before its day. WrongState where the violation is closed.
    """
    with transaction.atomic():
        perform(violation, "cure", by=by, on=on, reason=reason, article=ArticleRef.parse(violation.article))
        suspension, proposal = violation.suspension, violation.ending_proposal
        if suspension is not None and suspension.state in _COMING:
            withdraw_suspension(suspension=suspension, by=by, on=on, reason=reason)
        elif suspension is not None and suspension.state == Suspension.State.IN_FORCE:
            lift_suspension(suspension=suspension, by=by, on=on, reason=reason)
        if proposal is not None:
            drop_pending(proposal, END, by=by, on=on, reason=reason)
            ending = proposal.ending
            if ending is not None and ending.withdrawn_on is None and ending.ends_on >= on:
                withdraw_ending(ending=ending, by=by, on=on, reason=reason)
    return violation


def dismiss_violation(*, violation: Violation, by: User, on: date, reason: str) -> Violation:
    """It was no breach, or none of this subscriber's. WrongState where something rests on it already, or it is closed."""
    perform(violation, "dismiss", by=by, on=on, reason=reason, article=ArticleRef.parse(violation.article))
    return violation
