"""The subcontractors of API contractors."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from lineinfo.models import Subcontractor
from lineinfo.services.end_subcontractor import end_subcontractor
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


def _end(press: Press) -> Done:
    count = end_subcontractor(subcontractor=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Ended; %(count)s API users are deleted with it.") % {"count": count})


@admin.register(Subcontractor)
class SubcontractorAdmin(FactsAdmin):
    list_display = ["name", "contract_link", "entrusted", "duties_on", "registered_on", "ended_on"]
    list_select_related = ["api_contract"]
    search_fields = ["name__startswith", "api_contract__api_id__startswith"]
    search_help_text = _("Name or API ID, from its beginning.")
    fields = [
        "name", "contract_link", "entrusted", "disclosed", "duties_on", "supervision", "registered_on", "ended_on", "end_reason",
    ]  # fmt: skip
    buttons = [
        Button(
            name="end", label=_("It works for the contractor no more"), permission="lineinfo.change_subcontractor",
            possible=lambda row: row.ended_on is None, look="danger", form=ReasonForm, run=_end,
            effects=lambda row: [Effect(text=_("Its API users are deleted and their credentials blocked at once."))],
        )
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: Subcontractor) -> list[Panel]:
        return [
            panel(
                _("API users"),
                obj.api_users.order_by("-id"),
                [(_("name"), cells.link), (_("deleted on"), lambda user: cells.day(user.deleted_on))],
            )
        ]

    @admin.display(description=_("API contract"))
    def contract_link(self, row: Subcontractor) -> str:
        return cells.link(row.api_contract)
