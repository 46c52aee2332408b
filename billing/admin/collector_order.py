"""Orders to the payment collector, and what it told of each."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.models import CollectorOrder
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(CollectorOrder)
class CollectorOrderAdmin(FactsAdmin):
    """Opened by the customer in the portal; moved by what the collector tells."""

    list_display = ["id", "opened_at", "invoice_link", "method", "yen", "state_badge"]
    list_display_links = ["id", "opened_at"]
    list_filter = ["state", "method"]
    list_select_related = ["invoice"]
    search_fields = ["collector_id", "receipt_number", "invoice__number"]
    fields = [
        "invoice_link", "method", "yen", "opened_at", "expires_on", "collector_id", "receipt_number", "payment_link",
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: CollectorOrder) -> Iterable[Panel]:
        yield panel(
            _("messages of the collector"),
            obj.events.order_by("id"),
            [
                (_("arrived at"), lambda row: cells.moment(row.received_at)),
                (_("kind"), lambda row: row.get_kind_display()),
                (_("message"), lambda row: row.body),
            ],
            shown=50,
            empty=_("Nothing so far."),
        )

    @admin.display(description=_("invoice"))
    def invoice_link(self, order: CollectorOrder) -> str:
        return cells.link(order.invoice)

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, order: CollectorOrder) -> str:
        return cells.yen(order.amount)

    @admin.display(description=_("payment"))
    def payment_link(self, order: CollectorOrder) -> str:
        return cells.link(order.payment)
