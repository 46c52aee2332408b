"""How far a request has come: received, review, answer, works, done. Its place in the queue is nobody else's business."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.kinds import kind_of
from contracts.models import Request, Work
from contracts.moments import japan_date
from workflow.selectors import state_changes_of

_OVER = {Request.State.CARRIED_OUT, Request.State.REFUSED, Request.State.WITHDRAWN}


@dataclass(frozen=True)
class Stage:
    """One step; ``reached`` is its day, None where it lies ahead. ``current``: the request stands here."""

    label: str | Promise
    reached: date | None
    current: bool = False


def progress(request: Request) -> list[Stage]:
    """The stages of a request in their order; those that it will not pass any more are left out."""
    found = list(_stages(request))
    reached = [stage for stage in found if stage.reached]
    if request.state in _OVER:
        return reached
    # Works that are done do not yet make the request done: it stands at the last stage that it has reached.
    current = reached[-1] if reached else found[0]
    return [Stage(stage.label, stage.reached, stage is current) for stage in found]


def _stages(request: Request) -> Iterator[Stage]:
    days = {change.target: change.on for change in state_changes_of(request).order_by("id")}
    kind = kind_of(request.kind)
    assert request.received_at is not None
    yield Stage(_("Received"), japan_date(request.received_at))
    if not kind.one_sided:
        yield Stage(_("Review"), days.get(Request.State.IN_REVIEW))
        refused = request.state == Request.State.REFUSED
        yield Stage(_("Answer: no") if refused else _("Answer"), request.decided_on)
    works = list(request.works.exclude(state=Work.State.CANCELLED))
    if kind.works or kind.new or works:
        planned = min((japan_date(work.planned_at) for work in works), default=None)
        begun = any(work.state != Work.State.PLANNED for work in works)
        yield Stage(_("Works"), planned if begun else None)
    if request.state == Request.State.WITHDRAWN:
        yield Stage(_("Taken back"), days.get(Request.State.WITHDRAWN))
    else:
        yield Stage(_("Done"), days.get(Request.State.CARRIED_OUT))
