"""Restrictions of use: who decided them, on which ground, whose lines stay."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.restriction_form import declare_buttons, lift_button
from contracts.guards.restriction import priority_bodies
from contracts.models import Restriction
from contracts.moments import japan_date
from contracts.selectors import restricted_lines
from terms.registry import pack_for, statute
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.buttons import Button
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Restriction)
class RestrictionAdmin(FactsAdmin):
    list_display = [
        "id",
        "state_badge",
        "terms",
        "measure",
        "ground_text",
        "article_link",
        "starts_at",
        "ends_at",
    ]
    list_display_links = ["id", "measure"]
    list_filter = ["state", DocumentFilter, "measure"]
    list_select_related = ["posting"]
    fields = [
        "terms", "measure", "limit", "ground_text", "article_link", "reason", "prefecture", "city", "bodies_text",
        "starts_at", "ends_at", "callers_told_at", "urgent", "decided_by", "declared_at", "lifted_at", "posting_link",
    ]  # fmt: skip
    buttons = [lift_button]

    def all_list_buttons(self) -> list[Button]:
        return declare_buttons()

    def panels(self, request: HttpRequest, obj: Restriction) -> Iterable[Panel]:
        yield panel(
            _("Lines concerned"),
            restricted_lines(obj).order_by("number"),
            [(_("line"), cells.link), (_("Address"), lambda line: line.full_address)],
            shown=50,
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("ground"))
    def ground_text(self, restriction: Restriction) -> str:
        pack = pack_for(restriction.terms_code, japan_date(restriction.declared_at), earliest=True)
        found = pack.restriction.ground(restriction.ground) if pack.restriction else None
        return ground_label(found) if found else restriction.ground

    @admin.display(description=_("Bodies whose lines stay"))
    def bodies_text(self, restriction: Restriction) -> str:
        on = japan_date(restriction.declared_at)
        known = priority_bodies(pack_for(restriction.terms_code, on, earliest=True), statute(on))
        stay = [ground_label(body) for body in known if body.code in restriction.bodies]
        return ", ".join(stay) or cells.EMPTY

    @admin.display(description=_("posting"))
    def posting_link(self, restriction: Restriction) -> str:
        return cells.link(restriction.posting)
