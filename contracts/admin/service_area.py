"""Where services are offered."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from contracts.admin.terms_code import TermsCodeMixin
from contracts.models import ServiceArea
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import StaffAdmin


@admin.register(ServiceArea)
class ServiceAreaAdmin(TermsCodeMixin, StaffAdmin):
    """The only rows that may be deleted: an area in which nothing is offered any more leaves no trace elsewhere."""

    list_display = ["terms", "prefecture", "city"]
    list_display_links = ["prefecture"]
    list_filter = [DocumentFilter]
    search_fields = ["prefecture", "city"]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return request.user.has_perm("contracts.delete_servicearea")
