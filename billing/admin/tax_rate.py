"""The rates of consumption tax, dated."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from billing.models import TaxRate
from workflow.staff.staff_admin import StaffAdmin


@admin.register(TaxRate)
class TaxRateAdmin(StaffAdmin):
    """A rate that stands is not edited: what was charged was charged at it."""

    list_display = ["valid_from", "rate", "article_link"]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
