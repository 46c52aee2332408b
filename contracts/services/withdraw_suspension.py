"""Drop a suspension before it came into force."""

from datetime import date

from django.db import transaction

from contracts.models import Suspension
from contracts.services.pending import drop_pending
from contracts.services.propose_suspension import SUSPEND
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def withdraw_suspension(*, suspension: Suspension, by: User, on: date, reason: str) -> Suspension:
    """The suspension does not come: the debt was paid, the breach cured. One who had notice of it is told.

    WrongState once it is in force; lift_suspension then.
    """
    with transaction.atomic():
        drop_pending(suspension, SUSPEND, by=by, on=on, reason=reason)
        perform(suspension, "withdraw", by=by, on=on, reason=reason)
        if suspension.notice_id is not None:
            tell(
                suspension.contract,
                "suspension_withdrawn",
                on=on,
                article=ArticleRef.parse(suspension.article),
                about=suspension,
                withdrawn_on=on,
                reason=reason,
            )
    return suspension
