"""Give a work up."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import Work
from contracts.moments import japan_date
from contracts.services.tell import tell
from workflow.models import User
from workflow.services.perform import perform


def cancel_work(
    *,
    work: Work,
    by: User,
    at: datetime,
    cost_so_far: int = 0,
    reason: str = "",
    told_otherwise: bool = False,
) -> Work:
    """Cancel the work at ``at``, and tell the subscriber, who was told its day; not if they are ``told_otherwise``, as with the
    end of the contract.

    ``cost_so_far``: yen without tax for the part that was started, from which billing computes what is owed; a work
    that was not started costs nothing (such as isp-access 31-2), so ValidationError there.
    """
    if cost_so_far and work.state == Work.State.PLANNED:
        raise ValidationError({"cost_so_far": _("The work has not started, so it has cost nothing.")})
    on = japan_date(at)
    why: dict[str, Any] = {"reason": reason} if reason else {}
    with transaction.atomic():
        perform(work, "cancel", by=by, on=on, at=at, reason=reason, cost_so_far=cost_so_far)
        if not told_otherwise:
            tell(
                work.contract,
                "works_cancelled",
                on=on,
                article=application_of(work.contract.pack(on)).article,
                about=work,
                work=Work.Kind(work.kind),
                planned_at=work.planned_at,
                cancelled_on=on,
                **why,
            )
    return work
