"""Prepare the billing run of a month."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils.translation import gettext as _

from billing.models import BillingRun
from billing.services.settle_billed_at_once import settle_billed_at_once
from billing.services.settle_late_changes import settle_late_changes
from billing.services.settle_late_endings import settle_late_endings
from billing.services.settle_late_items import settle_late_items
from contracts.moments import japan_date
from terms.calendar import Month
from workflow.models import User

ACCOUNTS_A_CHUNK = 4000
"""Large enough that statements are few, small enough that a chunk takes seconds and fits in memory."""

_UNFINISHED = (
    BillingRun.State.PREPARED,
    BillingRun.State.RATING,
    BillingRun.State.IN_REVIEW,
    BillingRun.State.APPROVED,
)


def prepare_run(*, month: date, by: User, at: datetime) -> BillingRun:
    """A run for the month of which ``month`` is the first day, with its accounts cut into chunks.

    Changes of item and of subscriber, and endings, that were recorded after their days were billed are settled first, so that it
    bills them.

    ValidationError for a month that is not over, that has a run already, or while another run is unfinished: what one
    run leaves waiting, the next takes up.
    """
    if month.day != 1:
        raise ValidationError({"month": _("Name a month by its first day.")})
    if japan_date(at) < Month.of(month).end:
        raise ValidationError({"month": _("%(month)s is not over yet.") % {"month": f"{month:%Y-%m}"}})
    with transaction.atomic():
        # Two people at once: the second waits here, and then finds the first one's run.
        with connection.cursor() as cursor:
            cursor.execute("LOCK TABLE billing_billingrun IN SHARE ROW EXCLUSIVE MODE")
        other = BillingRun.objects.filter(state__in=_UNFINISHED).first()
        if other and other.month != month:
            raise ValidationError(
                {
                    "month": _("The run of %(month)s is not finished; issue or abandon it first.")
                    % {"month": other}
                }
            )
        if BillingRun.objects.filter(month=month).exclude(state=BillingRun.State.ABANDONED).exists():
            raise ValidationError({"month": _("There is already a run for this month.")})
        run = BillingRun(month=month, prepared_at=at, prepared_by=by)
        run.full_clean()
        settle_billed_at_once(by=by, at=at)
        settle_late_endings(by=by, at=at)
        settle_late_items(by=by, at=at)
        settle_late_changes(by=by, at=at)
        run.save()
        _cut(run)
    return run


def _cut(run: BillingRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            """
            INSERT INTO billing_runchunk (run_id, first_account, last_account, contracts)
            SELECT %s, min(id), max(id), 0
              FROM (SELECT id, (row_number() OVER (ORDER BY id) - 1) / %s AS chunk FROM billing_billingaccount) account
             GROUP BY chunk ORDER BY chunk
            """,
            [run.pk, ACCOUNTS_A_CHUNK],
        )
