"""The other companies in the chain."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest

from contracts.admin.notice_panels import notices_to_panel
from contracts.models import Partner
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import StaffAdmin


@admin.register(Partner)
class PartnerAdmin(StaffAdmin):
    list_display = ["code", "name", "role", "email"]
    list_filter = ["role"]
    search_fields = ["code", "name"]

    def panels(self, request: HttpRequest, obj: Partner) -> Iterable[Panel]:
        yield notices_to_panel(obj)
