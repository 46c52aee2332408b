"""Which products are target services of which API document."""

from django.contrib import admin

from contracts.admin.terms_code import TermsCodeMixin
from lineinfo.models import TargetService
from workflow.staff.staff_admin import StaffAdmin


@admin.register(TargetService)
class TargetServiceAdmin(TermsCodeMixin, StaffAdmin):
    list_display = ["terms", "product", "since", "until"]
    list_display_links = ["product"]
    list_select_related = ["product"]
    autocomplete_fields = ["product"]
