"""The catalogue."""

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.terms_code import TermsCodeMixin
from contracts.models import Product
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import StaffAdmin


@admin.register(Product)
class ProductAdmin(TermsCodeMixin, StaffAdmin):
    """A product that was contracted is not renamed into another: its code and its document stay."""

    list_display = ["code", "name", "terms", "kind", "item", "per", "term_months", "offered"]
    list_display_links = ["code", "name"]
    list_filter = [DocumentFilter, "kind", "offered"]
    search_fields = ["code", "name", "name_en"]
    search_help_text = _("Code or name.")
    list_select_related = ["partner"]

    def get_readonly_fields(self, request: HttpRequest, obj: Product | None = None) -> list[str]:
        return ["code", "terms_code", "kind"] if obj else []
