"""What a work would cost if it were done when it is planned: tried out by the rating that charges it, and taken back."""

from collections.abc import Callable

from django.db import transaction

from billing.models import BillingAccount
from billing.rating.charge import RatedCharge
from billing.request_preview import rated
from billing.services.open_account import open_account
from contracts.models import Work
from contracts.moments import japan_date
from terms.calendar import Month
from workflow.selectors import clock_user
from workflow.services.perform import perform


def preview_work(plan: Callable[[], Work]) -> tuple[RatedCharge, ...]:
    """The charges of the work that ``plan`` plans, in yen without tax. Errors as in plan_work; changes nothing."""
    clock = clock_user()
    with transaction.atomic():
        work = plan()
        day = japan_date(work.planned_at)
        for transition in ("start", "finish"):
            perform(work, transition, by=clock, on=day, at=work.planned_at)
        subscriber = work.contract.subscriber
        account = BillingAccount.objects.filter(subscriber=subscriber).first()
        account = account or open_account(subscriber=subscriber, by=clock)
        month = Month.of(day)
        charges = rated(account, [month])[month].charges
        found = tuple(charge for charge in charges if charge.source == f"work:{work.pk}")
        transaction.set_rollback(True)
    return found
