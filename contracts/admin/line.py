"""Lines: where they end, and what happened to them."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.line_buttons import line_buttons
from contracts.admin.outage_form import record_outage_button
from contracts.guards.lines import number_shown
from contracts.guards.restriction import priority_bodies
from contracts.models import Interruption, Line, Outage
from terms.registry import pack_for, statute
from workflow.staff import cells
from workflow.staff.button_form import ground_label, today
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import StaffAdmin


@admin.register(Line)
class LineAdmin(StaffAdmin):
    """A line comes about with its application and moves by a request; what the network side knows of it is edited here."""

    list_display = ["number", "terms", "address", "host_exchange", "phone_number", "repair_rank"]
    list_filter = [DocumentFilter, "repair_rank"]
    search_fields = ["number__startswith", "phone_number__startswith"]
    search_help_text = _("Line number or telephone number, from its beginning.")
    readonly_fields = [
        "number",
        "terms",
        "address",
        "priority",
        "terminal_point",
        "host_exchange",
        "number_shown",
    ]
    fields = [
        "number",
        "terms",
        "address",
        "terminal_point",
        "host_exchange",
        "phone_number",
        "number_shown",
        "repair_rank",
        "priority",
    ]
    buttons = [record_outage_button, *line_buttons]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def panels(self, request: HttpRequest, obj: Line) -> Iterable[Panel]:
        yield panel(
            _("contracts"),
            obj.contracts.select_related("subscriber", "product").order_by("-id"),
            [
                (_("contract"), cells.link),
                (_("state"), cells.state_badge),
                (_("subscriber"), lambda contract: cells.link(contract.subscriber)),
                (_("product"), lambda contract: contract.product),
            ],
        )
        yield panel(
            _("number changes"),
            obj.number_changes.order_by("-id"),
            [
                (_("old number"), lambda change: change.old),
                (_("new number"), lambda change: change.new),
                (_("effective on"), lambda change: cells.day(change.effective_on)),
                (_("done on"), lambda change: cells.day(change.done_on)),
                (_("article"), lambda change: cells.article(change.article)),
            ],
        )
        yield panel(
            _("outages"),
            obj.outages.order_by("-down"),
            [
                (_("outage"), lambda outage: cells.link(outage, cells.moment(outage.down))),
                (_("Known"), lambda outage: cells.moment(outage.known)),
                (_("Restored"), lambda outage: cells.moment(outage.restored)),
                (_("cause"), lambda outage: outage.get_cause_display()),
            ],
            more=cells.list_of(Outage, line__id__exact=obj.pk),
        )
        yield panel(
            _("interruptions"),
            obj.interruptions.order_by("-starts_at"),
            [
                (_("interruption"), cells.link),
                (_("from"), lambda interruption: cells.moment(interruption.starts_at)),
                (_("until"), lambda interruption: cells.moment(interruption.ends_at)),
                (_("article"), lambda interruption: cells.article(interruption.article)),
            ],
            more=cells.list_of(Interruption, lines__id__exact=obj.pk),
        )

    @admin.display(description=_("Address"))
    def address(self, line: Line) -> str:
        return line.full_address

    def get_readonly_fields(self, request: HttpRequest, obj: Line | None = None) -> list[str]:
        """A telephone number is entered once; later it changes after notice only."""
        further = ["phone_number"] if obj and obj.phone_number else []
        return [*self.readonly_fields, *further]

    @admin.display(description=_("Shown to the called line"), boolean=True)
    def number_shown(self, line: Line) -> bool:
        return number_shown(pack_for(line.terms_code, today(), earliest=True), withheld=line.number_withheld)

    @admin.display(description=_("priority body"))
    def priority(self, line: Line) -> str:
        if not line.priority_body:
            return cells.EMPTY
        bodies = priority_bodies(pack_for(line.terms_code, today(), earliest=True), statute(today()))
        found = next((body for body in bodies if body.code == line.priority_body), None)
        words = ground_label(found) if found else line.priority_body
        return f"{words} ({cells.day_text(line.priority_agreed_on)})"
