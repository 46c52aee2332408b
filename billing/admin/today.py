"""What billing puts on the first page of the staff side."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.admin.tables import ageing_panel, month
from billing.models import BillingRun, Deposit, Invoice, ParkedContract
from billing.selectors import open_invoices
from workflow.staff import cells
from workflow.staff.panels import Panel
from workflow.staff.person import person
from workflow.staff.today import Figure, figure, may_view, waiting

_UNFINISHED = [
    BillingRun.State.PREPARED,
    BillingRun.State.RATING,
    BillingRun.State.IN_REVIEW,
    BillingRun.State.APPROVED,
]


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """How much waits."""
    user = person(request)
    overdue = open_invoices().filter(falls_due__lt=on)
    yield from figure(
        user, _("Overdue invoices"), overdue, url=cells.list_of(Invoice, due="overdue"), tone="warning"
    )
    open_deposits = Deposit.objects.filter(state=Deposit.State.OPEN)
    yield from figure(
        user,
        _("Deposits that match nobody"),
        open_deposits,
        url=cells.list_of(Deposit, state__exact="open"),
        tone="warning",
    )
    parked = ParkedContract.objects.filter(resolved_in__isnull=True)
    yield from figure(
        user, _("parked contracts"), parked, url=cells.list_of(ParkedContract, open="yes"), tone="danger"
    )


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """What waits, the oldest first."""
    user = person(request)
    yield from waiting(
        user,
        _("Billing runs under way"),
        BillingRun.objects.filter(state__in=_UNFINISHED).select_related("prepared_by").order_by("month"),
        [
            (_("billing month"), lambda run: cells.link(run, month(run.month))),
            (_("state"), cells.state_badge),
            (_("Rated"), lambda run: f"{run.rated:,} / {run.contracts:,}"),
            (_("net"), lambda run: cells.yen(run.net)),
            (_("prepared by"), lambda run: run.prepared_by),
        ],
        more=cells.list_of(BillingRun),
    )
    yield from waiting(
        user,
        _("parked contracts"),
        ParkedContract.objects.filter(resolved_in__isnull=True)
        .select_related("run", "contract")
        .order_by("id"),
        [
            (_("contract"), lambda row: cells.link(row.contract)),
            (_("billing run"), lambda row: cells.link(row.run)),
            (_("reason"), lambda row: row.reason),
        ],
        more=cells.list_of(ParkedContract, open="yes"),
    )
    if may_view(user, Invoice):
        found = ageing_panel(on)
        if found.rows:
            yield found
