"""The log of API calls."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from lineinfo.models import ApiCall
from workflow.staff import cells
from workflow.staff.staff_admin import FactsAdmin


@admin.register(ApiCall)
class ApiCallAdmin(FactsAdmin):
    list_display = ["id", "at", "contract_link", "credential_link", "method", "path", "status", "code"]
    list_select_related = ["api_contract", "credential"]
    search_fields = ["=request_id", "=api_contract__api_id"]
    search_help_text = _("API ID or request ID in full.")
    fields = ["at", "contract_link", "credential_link", "method", "path", "status", "code", "request_id"]

    @admin.display(description=_("API contract"))
    def contract_link(self, call: ApiCall) -> str:
        return cells.link(call.api_contract)

    @admin.display(description=_("credential"))
    def credential_link(self, call: ApiCall) -> str:
        return cells.link(call.credential)
