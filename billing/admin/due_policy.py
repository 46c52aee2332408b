"""By which day invoices are to be paid."""

from django.contrib import admin

from billing.models import DuePolicy
from contracts.admin.terms_code import TermsCodeMixin
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import StaffAdmin


@admin.register(DuePolicy)
class DuePolicyAdmin(TermsCodeMixin, StaffAdmin):
    list_display = ["terms", "valid_from", "months_after", "day"]
    list_display_links = ["valid_from"]
    list_filter = [DocumentFilter]
