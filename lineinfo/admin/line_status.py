"""What is known about lines now. To be read: the records come from the network."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lineinfo.models import LineStatus
from workflow.staff import cells
from workflow.staff.staff_admin import FactsAdmin


@admin.register(LineStatus)
class LineStatusAdmin(FactsAdmin):
    list_display = ["line_link", "status", "item", "host_exchange", "as_of"]
    list_display_links = ["as_of"]
    list_filter = ["state"]
    list_select_related = ["line"]
    search_fields = ["line__number__startswith"]
    search_help_text = _("Line number, from its beginning.")
    fields = ["line_link", "status", "item", "host_exchange", "as_of"]

    @admin.display(description=_("line"))
    def line_link(self, row: LineStatus) -> str:
        return cells.link(row.line)

    @admin.display(description=_("state"), ordering="state")
    def status(self, row: LineStatus) -> str:
        return cells.badge(row.get_state_display(), cells.tone(LineStatus, row.state))
