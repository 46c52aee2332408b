"""Parts of the API that the operator ended."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from lineinfo.models import EndedPart
from workflow.staff import cells
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(EndedPart)
class EndedPartAdmin(FactsAdmin):
    list_display = ["part", "terms", "ends_on", "article_link", "announced_at"]
    fields = [
        "part",
        "terms",
        "ends_on",
        "reason",
        "article_link",
        "announced_at",
        "announced_by",
        "posting_link",
    ]

    def panels(self, request: HttpRequest, obj: EndedPart) -> list[Panel]:
        return [notices_about_panel(obj)]

    @admin.display(description=_("posting"))
    def posting_link(self, ended: EndedPart) -> str:
        return cells.link(ended.posting)
