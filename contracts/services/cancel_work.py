"""Give a work up."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Work
from contracts.moments import japan_date
from workflow.models import User
from workflow.services.perform import perform


def cancel_work(*, work: Work, by: User, at: datetime, cost_so_far: int = 0, reason: str = "") -> Work:
    """Cancel the work at ``at``.

    ``cost_so_far``: yen without tax for the part that was started, from which billing computes what is owed; a work
    that was not started costs nothing (such as isp-access 31-2), so ValidationError there.
    """
    if cost_so_far and work.state == Work.State.PLANNED:
        raise ValidationError({"cost_so_far": _("The work has not started, so it has cost nothing.")})
    perform(work, "cancel", by=by, on=japan_date(at), at=at, reason=reason, cost_so_far=cost_so_far)
    return work
