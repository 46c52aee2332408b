"""How long the operator waits for lent equipment."""

from django.contrib import admin

from contracts.admin.terms_code import TermsCodeMixin
from contracts.models import ReturnPolicy
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import StaffAdmin


@admin.register(ReturnPolicy)
class ReturnPolicyAdmin(TermsCodeMixin, StaffAdmin):
    list_display = [
        "terms", "valid_from", "place", "return_days", "remind_every", "give_up_after", "demonstration",
    ]  # fmt: skip
    list_display_links = ["valid_from"]
    list_filter = [DocumentFilter]
