"""A second person agrees to a proposed suspension."""

from datetime import datetime

from django.db import transaction

from contracts.models import Suspension
from contracts.moments import japan_date
from contracts.services.pending import pending
from contracts.services.propose_suspension import SUSPEND
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.approve import decide
from workflow.services.perform import perform


def approve_suspension(*, suspension: Suspension, by: User, at: datetime) -> Suspension:
    """The proposal is approved at ``at``; the notice can go out. NotPermitted for the one who proposed it."""
    with transaction.atomic():
        decide(pending(suspension, SUSPEND), by=by, at=at, approved=True)
        perform(
            suspension,
            "approve",
            by=by,
            on=japan_date(at),
            reason=suspension.reason,
            article=ArticleRef.parse(suspension.article),
        )
    return suspension
