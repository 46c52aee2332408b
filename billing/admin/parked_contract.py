"""Contracts that could not be rated, with the reason."""

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.models import ParkedContract
from workflow.staff import cells
from workflow.staff.filters import OnlyFilter
from workflow.staff.staff_admin import FactsAdmin


class OpenFilter(OnlyFilter):
    """Those not rated yet."""

    title = _("rated after all")
    parameter_name = "open"
    choice = _("Not yet")

    def only(self, request: HttpRequest, rows: QuerySet[ParkedContract]) -> QuerySet[ParkedContract]:
        return rows.filter(resolved_in__isnull=True)


@admin.register(ParkedContract)
class ParkedContractAdmin(FactsAdmin):
    """Put right what the reason says; then rate again from the page of the run, or let the next run take it up."""

    list_display = ["id", "run_link", "contract_link", "reason", "resolved_link"]
    list_filter = [OpenFilter]
    list_select_related = ["run", "contract", "resolved_in"]
    search_fields = ["contract__number__startswith"]
    fields = ["run_link", "contract_link", "reason", "resolved_link"]

    @admin.display(description=_("billing run"))
    def run_link(self, parked: ParkedContract) -> str:
        return cells.link(parked.run)

    @admin.display(description=_("contract"))
    def contract_link(self, parked: ParkedContract) -> str:
        return cells.link(parked.contract)

    @admin.display(description=_("rated after all in"))
    def resolved_link(self, parked: ParkedContract) -> str:
        return cells.link(parked.resolved_in)
