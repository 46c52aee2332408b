"""Suspensions of API contracts."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from lineinfo.admin.api_contract import ground_in_words
from lineinfo.models import ApiSuspension
from lineinfo.parts import Part
from lineinfo.services.enforce_api_suspension import enforce_api_suspension
from lineinfo.services.lift_api_suspension import lift_api_suspension
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeDayField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


class EnforceForm(ButtonForm):
    """The day from which access is closed."""

    on = ComeDayField(label=_("from"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def _enforce(press: Press) -> Done:
    enforce_api_suspension(suspension=press.obj, by=press.by, on=press.data["on"])
    return Done(message=_("Access is closed."))


def _lift(press: Press) -> Done:
    lift_api_suspension(suspension=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The suspension is over; the contractor is told."))


@admin.register(ApiSuspension)
class ApiSuspensionAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "state_badge",
        "ground_text",
        "article_link",
        "starts_on",
        "through",
        "over_on",
    ]
    list_filter = ["state"]
    list_select_related = ["api_contract"]
    fields = [
        "contract_link", "ground_text", "article_link", "reason", "parts_text", "announced_at", "starts_on", "through", "urgent_reason",
        "notice_link", "over_on",
    ]  # fmt: skip
    buttons = [
        Button(
            name="enforce", label=_("Close access"), permission="lineinfo.change_apicontract", transition="enforce", look="danger",
            form=EnforceForm, run=_enforce, fields={"notice_too_late": "on", "too_early": "on"},
            effects=lambda row: [Effect(text=_("Whether the notice left in time is looked at once more."), article=row.article)],
        ),
        Button(
            name="lift", label=_("Lift"), permission="lineinfo.change_apicontract",
            possible=lambda row: row.state in {ApiSuspension.State.ANNOUNCED, ApiSuspension.State.IN_FORCE}, look="primary",
            form=ReasonForm, run=_lift,
            effects=lambda row: [Effect(text=_("Access is open again, and the contractor is told."))],
        ),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: ApiSuspension) -> list[Panel]:
        return [notices_about_panel(obj)]

    @admin.display(description=_("API contract"))
    def contract_link(self, row: ApiSuspension) -> str:
        return cells.link(row.api_contract)

    @admin.display(description=_("ground"))
    def ground_text(self, row: ApiSuspension) -> Any:
        return ground_in_words(row.api_contract, row.ground, row.starts_on)

    @admin.display(description=_("parts of the function"))
    def parts_text(self, row: ApiSuspension) -> str:
        return ", ".join(str(Part(part).label) for part in row.parts) or str(_("the whole function"))

    @admin.display(description=_("notice"))
    def notice_link(self, row: ApiSuspension) -> str:
        return cells.link(row.notice)
