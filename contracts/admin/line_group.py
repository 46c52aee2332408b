"""Groups of lines: where they are, under which plan, and who is in them."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.line_group_buttons import form_buttons, line_group_buttons
from contracts.admin.notice_panels import notices_about_panel
from contracts.models import LineGroup
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.buttons import Button
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(LineGroup)
class LineGroupAdmin(FactsAdmin):
    list_display = ["number", "terms", "plan_text", "full_address", "formed_on", "told_on"]
    list_filter = [DocumentFilter, "plan"]
    search_fields = ["number__startswith", "town__startswith", "building__startswith"]
    search_help_text = _("Group number, town or building, from its beginning.")
    fields = [
        "number", "terms", "plan_text", "grade_text", "full_address", "formed_on", "representative_link", "single_link",
        "told_on",
    ]  # fmt: skip
    buttons = line_group_buttons

    def all_list_buttons(self) -> list[Button]:
        return form_buttons()

    def panels(self, request: HttpRequest, obj: LineGroup) -> Iterable[Panel]:
        yield panel(
            _("Members"),
            obj.members.select_related("contract__subscriber"),
            [
                (_("contract"), lambda member: cells.link(member.contract)),
                (_("state"), lambda member: cells.state_badge(member.contract)),
                (_("subscriber"), lambda member: member.contract.subscriber.name),
                (_("joined on"), lambda member: cells.day(member.joined_on)),
                (_("consent given on"), lambda member: cells.day(member.consented_on)),
                (_("left on"), lambda member: cells.day(member.left_on)),
            ],
            shown=50,
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("plan"))
    def plan_text(self, group: LineGroup) -> str:
        table = pack_for(group.terms_code, group.formed_on, earliest=True).line_groups
        found = table.plan(group.plan) if table else None
        return ground_label(found) if found else group.plan or str(_("No plan"))

    @admin.display(description=_("grade"))
    def grade_text(self, group: LineGroup) -> str:
        table = pack_for(group.terms_code, group.formed_on, earliest=True).line_groups
        found = table.grade(group.grade) if table else None
        return ground_label(found) if found else group.grade or cells.EMPTY

    @admin.display(description=_("Address"))
    def full_address(self, group: LineGroup) -> str:
        return group.full_address

    @admin.display(description=_("representative"))
    def representative_link(self, group: LineGroup) -> str:
        return cells.link(group.representative)

    @admin.display(description=_("only line left"))
    def single_link(self, group: LineGroup) -> str:
        return cells.link(group.single)
