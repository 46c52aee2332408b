"""What was measured on lines: uploaded as a file, charged with its month."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.admin.csv_form import csv_form, take_csv
from billing.admin.tables import month
from billing.importing.columns import USAGE
from billing.models import Usage
from billing.services.import_usage import import_usage
from workflow.staff import cells
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.staff_admin import FactsAdmin


def _import(press: Press) -> Done:
    count = take_csv(press, lambda data: import_usage(data=data))
    return Done(message=_("The use of %(count)s lines is entered.") % {"count": count})


@admin.register(Usage)
class UsageAdmin(FactsAdmin):
    list_display = ["contract_link", "month_text", "amount_yen", "estimated_yen", "missed_days"]
    list_display_links = None
    list_select_related = ["contract"]
    search_fields = ["contract__number", "contract__line__number"]
    date_hierarchy = "month"
    fields = ["contract_link", "month_text", "amount_yen", "estimated_yen", "missed_days"]
    list_buttons = [
        Button(
            name="import", label=_("Upload measured use"), permission="billing.add_usage", look="primary",
            form=csv_form(USAGE), run=_import, previews=False,
            effects=lambda obj: [
                Effect(text=_("The run of the month charges it, also where others than the subscriber used the line.")),
                Effect(text=_("The same line and month once more takes the place of the amount before.")),
            ],
        )
    ]  # fmt: skip

    @admin.display(description=_("contract"))
    def contract_link(self, usage: Usage) -> str:
        return cells.link(usage.contract)

    @admin.display(description=_("month"), ordering="month")
    def month_text(self, usage: Usage) -> str:
        return month(usage.month)

    @admin.display(description=_("Amount without tax"), ordering="amount")
    def amount_yen(self, usage: Usage) -> str:
        return cells.yen(usage.amount)

    @admin.display(description=_("estimated"), ordering="estimated")
    def estimated_yen(self, usage: Usage) -> str:
        return cells.yen(usage.estimated)
