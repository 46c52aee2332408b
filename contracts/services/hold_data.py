"""Keep data from being erased, and let them go again."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import LegalHold, Line, Subscriber
from workflow.errors import WrongState
from workflow.models import User


def place_hold(
    *,
    by: User,
    at: datetime,
    reason: str,
    category: str = "",
    line: Line | None = None,
    subscriber: Subscriber | None = None,
) -> LegalHold:
    """Nothing that the hold names is erased until it is lifted, whatever its period. ValidationError without a reason."""
    if line and subscriber:
        raise ValidationError({"line": _("Name a line or a subscriber, not both.")})
    hold = LegalHold(
        category=category, line=line, subscriber=subscriber, reason=reason, placed_at=at, placed_by=by
    )
    hold.full_clean()
    hold.save()
    return hold


def lift_hold(*, hold: LegalHold, by: User, at: datetime, reason: str) -> LegalHold:
    """The next purge erases what has outlived its period meanwhile. Raises WrongState where it was lifted already."""
    with transaction.atomic():
        hold.refresh_from_db(from_queryset=LegalHold.objects.select_for_update(of=("self",)))
        if not hold.is_open:
            raise WrongState(_("This hold was lifted already."))
        hold.lifted_at, hold.lifted_by, hold.lift_reason = at, by, reason
        hold.save()
    return hold
