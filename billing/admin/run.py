"""Billing runs: prepared, rated, compared with last month, approved by a second person, issued."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from billing.admin.run_buttons import prepare_button, run_buttons
from billing.admin.shadow_button import shadow_button
from billing.admin.tables import month
from billing.models import BillingRun, HeldInvoice, Invoice, ParkedContract
from billing.pace import pace_of
from billing.selectors import Comparison, compared_with_last_month
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

# More than a tenth up or down is worth a look.
ODD = 0.1
REFRESH_SECONDS = 5
_RATED = frozenset({BillingRun.State.IN_REVIEW, BillingRun.State.APPROVED, BillingRun.State.ISSUED})


@admin.register(BillingRun)
class BillingRunAdmin(FactsAdmin):
    list_display = [
        "month_text",
        "state_badge",
        "contracts",
        "rated",
        "invoices_count",
        "net_yen",
        "tax_yen",
        "prepared_by",
        "prepared_at",
    ]
    list_filter = ["state"]
    list_select_related = ["prepared_by"]
    fields = [
        "month_text",
        "prepared_by",
        "prepared_at",
        "progress_text",
        "contracts",
        "rated",
        "invoices_count",
        "net_yen",
        "tax_yen",
    ]
    list_buttons = [prepare_button, shadow_button]
    buttons = run_buttons

    def change_view(self, request: HttpRequest, object_id: str, *args: Any, **kwargs: Any) -> HttpResponse:
        """The page asks anew by itself while the workers rate the run."""
        response = super().change_view(request, object_id, *args, **kwargs)
        run = getattr(response, "context_data", {}).get("original")
        if run is not None and run.state == BillingRun.State.RATING:
            response["Refresh"] = str(REFRESH_SECONDS)
        return response

    def panels(self, request: HttpRequest, obj: BillingRun) -> Iterable[Panel]:
        parked = _parked_panel(obj)
        if obj.state not in _RATED:
            # Of a run that is not rated to its end nothing can be said yet but what went wrong.
            if parked.rows:
                yield parked
            return
        yield panel(
            _("Beside the month before"),
            compared_with_last_month(obj),
            [
                (_("terms"), lambda row: cells.document(row.terms_code)),
                (_("invoices"), lambda row: cells.number(row.invoices)),
                (_("before"), lambda row: cells.number(row.invoices_before)),
                (_("Total with tax"), lambda row: cells.yen(row.total)),
                (_("before"), lambda row: cells.yen(row.total_before)),
                (_("Difference"), _difference),
            ],
            shown=50,
            empty=_("No invoice so far."),
        )
        yield panel(
            _("held invoices"),
            HeldInvoice.objects.filter(invoice__run=obj)
            .select_related("invoice__account__subscriber", "released_by")
            .order_by("-released_at", "id"),
            [
                (_("held because"), lambda row: cells.link(row, row.get_kind_display())),
                (_("subscriber"), lambda row: row.invoice.account.subscriber.name),
                (_("total"), lambda row: cells.yen(row.total)),
                (_("month before"), lambda row: cells.yen(row.before)),
                (_("released by"), lambda row: row.released_by or cells.EMPTY),
            ],
            more=cells.list_of(HeldInvoice, invoice__run__id__exact=obj.pk),
            empty=_("None: no draft is odd by the review policies."),
            note=_("The run is approved when each of them is released or left out."),
        )
        yield parked
        yield panel(
            _("invoices"),
            obj.invoices.select_related("account__subscriber").order_by("-total", "id"),
            [
                (_("invoice"), cells.link),
                (_("state"), cells.state_badge),
                (
                    _("subscriber"),
                    lambda row: cells.link(row.account.subscriber, row.account.subscriber.name),
                ),
                (_("terms"), lambda row: cells.document(row.terms_code)),
                (_("total"), lambda row: cells.yen(row.total)),
            ],
            note=_("The largest first."),
            more=cells.list_of(Invoice, run__id__exact=obj.pk),
        )

    def button_facts(self, obj: BillingRun) -> list[tuple[str, Any]]:
        return [
            (str(_("billing month")), month(obj.month)),
            (str(_("prepared by")), obj.prepared_by),
            (str(_("Contracts rated")), cells.number(obj.rated)),
            (str(_("invoices")), cells.number(obj.invoices_count)),
            (str(_("net")), cells.yen(obj.net)),
            (str(_("tax")), cells.yen(obj.tax)),
            (str(_("parked contracts")), cells.number(obj.parked.filter(resolved_in__isnull=True).count())),
        ]

    @admin.display(description=_("billing month"), ordering="month")
    def month_text(self, run: BillingRun) -> str:
        return month(run.month)

    @admin.display(description=_("Progress"))
    def progress_text(self, run: BillingRun) -> Any:
        pace = pace_of(run, at=timezone.now())
        if not pace.chunks:
            return cells.EMPTY
        said = _("%(done)s of %(all)s parts") % {"done": pace.chunks_done, "all": pace.chunks}
        if pace.a_minute:
            said = f"{said} · " + _("%(count)s contracts a minute, %(left)s to go") % {
                "count": f"{pace.a_minute:,}",
                "left": pace.left,
            }
        elif run.state == BillingRun.State.RATING:
            waits = (
                _("No worker is at it; the sweep comes every ten minutes.")
                if pace.chunks_done
                else _("No part is done yet; one that got lost is taken up within ten minutes.")
            )
            said = f"{said} · {waits}"
        return format_html(
            '<progress class="staff-progress" value="{}" max="{}"></progress> {}',
            pace.chunks_done,
            pace.chunks,
            said,
        )

    @admin.display(description=_("net"))
    def net_yen(self, run: BillingRun) -> str:
        return cells.yen(run.net)

    @admin.display(description=_("tax"))
    def tax_yen(self, run: BillingRun) -> str:
        return cells.yen(run.tax)


def _parked_panel(run: BillingRun) -> Panel:
    return panel(
        _("parked contracts"),
        run.parked.select_related("contract", "resolved_in").order_by("id"),
        [
            (_("contract"), lambda row: cells.link(row.contract)),
            (_("reason"), lambda row: row.reason),
            (_("rated after all in"), lambda row: cells.link(row.resolved_in)),
        ],
        more=cells.list_of(ParkedContract, run__id__exact=run.pk),
        empty=_("None: every contract could be rated."),
    )


def _difference(row: Comparison) -> Any:
    if not row.total_before:
        return cells.badge(_("new"), "info") if row.total else cells.EMPTY
    share = (row.total - row.total_before) / row.total_before
    return cells.badge(f"{share:+.1%}", "warning" if abs(share) > ODD else "neutral")
