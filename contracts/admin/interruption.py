"""Interruptions: maintenance and emergencies, announced to those whose lines are concerned."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.interruption_form import announce_buttons, record_times_button
from contracts.admin.notice_panels import notices_about_panel
from contracts.models import Interruption, Outage
from contracts.moments import japan_date
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.buttons import Button
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Interruption)
class InterruptionAdmin(FactsAdmin):
    list_display = ["title", "terms", "ground_text", "article_link", "starts_at", "ends_at", "urgent"]
    list_filter = [DocumentFilter, "urgent", ("ended", admin.EmptyFieldListFilter)]
    search_fields = ["title"]
    fields = [
        "title", "terms", "ground_text", "article_link", "starts_at", "ends_at", "urgent", "urgent_reason", "posting_link",
        "began", "ended", "times_by",
    ]  # fmt: skip
    buttons = [record_times_button]

    def all_list_buttons(self) -> list[Button]:
        return announce_buttons()

    def panels(self, request: HttpRequest, obj: Interruption) -> Iterable[Panel]:
        yield panel(
            _("Lines concerned"),
            obj.lines.order_by("number"),
            [(_("line"), cells.link), (_("Address"), lambda line: line.full_address)],
            shown=50,
        )
        if obj.ended:
            yield panel(
                _("Recorded outages"),
                obj.outages.select_related("line").order_by("line__number"),
                [
                    (_("outage"), lambda outage: cells.link(outage, outage.line.number)),
                    (_("down since"), lambda outage: cells.moment(outage.down)),
                    (_("restored at"), lambda outage: cells.moment(outage.restored)),
                ],
                more=cells.list_of(Outage, interruption__id__exact=obj.pk),
                empty=_("None: the lines stayed in use, or the document gives nothing back."),
            )
        yield notices_about_panel(obj)

    @admin.display(description=_("ground"))
    def ground_text(self, interruption: Interruption) -> str:
        try:
            table = pack_for(
                interruption.terms_code,
                japan_date(interruption.announced_at or interruption.starts_at),
                earliest=True,
            ).interruption
        except TermsError:
            table = None
        found = table.ground(interruption.ground) if table else None
        return ground_label(found) if found else interruption.ground

    @admin.display(description=_("posting"))
    def posting_link(self, interruption: Interruption) -> str:
        return cells.link(interruption.posting)
