"""End the suspensions whose period is over."""

from datetime import date, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Suspension
from contracts.services.restore_line import restore_line
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.selectors import clock_user
from workflow.services.perform import perform


def expire_suspensions(*, on: date) -> int:
    """Expire every suspension in force whose last day lies before ``on``, and return how many. Safe to run twice.

    A suspension until a debt is paid has no last day and is never found here.
    """
    over = Suspension.objects.filter(state=Suspension.State.IN_FORCE, through__lt=on).order_by("pk")
    count = 0
    for suspension in over.iterator(chunk_size=500):
        count += _expire(suspension, on)
    return count


def _expire(suspension: Suspension, on: date) -> int:
    clock, article = clock_user(), ArticleRef.parse(suspension.article)
    assert suspension.through is not None
    free_from = suspension.through + timedelta(days=1)
    reason = _("Its period is over.")
    with transaction.atomic():
        held = Suspension.objects.select_for_update(skip_locked=True, of=("self",)).filter(
            pk=suspension.pk, state=Suspension.State.IN_FORCE
        )
        if not held.exists():
            return 0
        perform(suspension, "expire", by=clock, on=free_from, reason=reason, article=article)
        restore_line(contract=suspension.contract, by=clock, on=free_from, reason=reason, article=article)
        tell(
            suspension.contract,
            "suspension_lifted",
            on=on,
            article=article,
            about=suspension,
            lifted_on=free_from,
        )
    return 1
