"""Outages, as the fault desk recorded them."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.outage_form import put_down_button, restore_button
from contracts.models import Outage
from workflow.staff import cells
from workflow.staff.filters import OnlyFilter
from workflow.staff.staff_admin import FactsAdmin


class OpenFilter(OnlyFilter):
    """Lines that are down now."""

    title = _("restored")
    parameter_name = "open"
    choice = _("Still down")

    def only(self, request: HttpRequest, rows: QuerySet[Outage]) -> QuerySet[Outage]:
        return rows.filter(restored__isnull=True)


@admin.register(Outage)
class OutageAdmin(FactsAdmin):
    """Recorded from the page of a line."""

    list_display = ["id", "line_link", "down", "known", "restored", "cause", "operator_fault"]
    list_display_links = ["id", "down"]
    list_filter = [OpenFilter, "cause", "operator_fault"]
    list_select_related = ["line"]
    search_fields = ["line__number__startswith"]
    search_help_text = _("Line number, from its beginning.")
    fields = [
        "line_link",
        "down",
        "known",
        "restored",
        "cause",
        "operator_fault",
        "partner_fault_link",
        "halted_link",
        "interruption_link",
        "note",
        "recorded_by",
        "restored_by",
    ]
    buttons = [restore_button, put_down_button]

    @admin.display(description=_("line"))
    def line_link(self, outage: Outage) -> str:
        return cells.link(outage.line)

    @admin.display(description=_("fault of a partner"))
    def partner_fault_link(self, outage: Outage) -> str:
        return cells.link(outage.partner_fault)

    @admin.display(description=_("interruption"))
    def interruption_link(self, outage: Outage) -> str:
        return cells.link(outage.interruption)

    @admin.display(description=_("halted contract"))
    def halted_link(self, outage: Outage) -> str:
        return cells.link(outage.halted)
