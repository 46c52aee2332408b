"""A second person says no to a proposed suspension."""

from datetime import datetime

from django.db import transaction

from contracts.models import Suspension
from contracts.moments import japan_date
from contracts.services.pending import pending
from contracts.services.propose_suspension import SUSPEND
from workflow.models import User
from workflow.services.approve import decide
from workflow.services.perform import perform


def reject_suspension(*, suspension: Suspension, by: User, at: datetime, reason: str) -> Suspension:
    """The proposal is rejected at ``at`` for ``reason`` and withdrawn. NotPermitted for the one who proposed it."""
    with transaction.atomic():
        decide(pending(suspension, SUSPEND), by=by, at=at, approved=False, reason=reason)
        perform(suspension, "withdraw", by=by, on=japan_date(at), reason=reason)
    return suspension
