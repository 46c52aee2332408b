"""Contracts: what one is about, what happens to it, and on which article."""

from collections.abc import Iterable

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.consent import consent_button
from contracts.admin.contract_buttons import contract_buttons, contract_facts
from contracts.admin.contract_panels import contract_panels
from contracts.admin.demand_and_halt import demand_and_halt_buttons
from contracts.admin.disclosure import disclosure_button
from contracts.admin.individual_agreement import agree_button
from contracts.admin.kept_version import agree_on_contract_button
from contracts.admin.option_halt_buttons import option_halt_buttons
from contracts.admin.request_buttons import receive_buttons
from contracts.admin.violation_buttons import record_violation_button
from contracts.event_words import EVENTS
from contracts.models import Contract
from contracts.search import contract_keys
from workflow.staff import cells
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Contract)
class ContractAdmin(FactsAdmin):
    events = EVENTS
    list_display = [
        "number",
        "subscriber_link",
        "state_badge",
        "terms",
        "product",
        "line_link",
        "service_start",
        "ends_on",
    ]
    list_filter = ["state", DocumentFilter]
    list_select_related = ["subscriber", "product", "line"]
    search_fields = ["number"]
    search_help_text = _(
        "Contract number, line number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = [
        *contract_buttons,
        *demand_and_halt_buttons,
        *option_halt_buttons,
        consent_button,
        disclosure_button,
        agree_button,
        agree_on_contract_button,
        record_violation_button,
        *receive_buttons,
    ]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number",
                    "subscriber_link",
                    "terms",
                    "product",
                    "line_link",
                    "parent_link",
                    "partner",
                ]
            },
        ),
        (
            _("Dates"),
            {"fields": ["applied_on", "formed_on", "service_start", "cycle_day", "term", "ends_on"]},
        ),
    ]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Contract], search_term: str
    ) -> tuple[QuerySet[Contract], bool]:
        if not search_term:
            return queryset, False
        return queryset.filter(pk__in=contract_keys(search_term)), False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Contract]:
        return (
            super()
            .get_queryset(request)
            .select_related("subscriber", "product", "line", "parent", "partner")
            .prefetch_related("individual_agreements", "kept_versions__version")
        )

    def button_facts(self, obj: Contract) -> list[tuple[str, object]]:
        return contract_facts(obj)

    def panels(self, request: HttpRequest, obj: Contract) -> Iterable[Panel]:
        return contract_panels(obj)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, contract: Contract) -> str:
        return cells.link(contract.subscriber)

    @admin.display(description=_("line"))
    def line_link(self, contract: Contract) -> str:
        return cells.link(contract.line)

    @admin.display(description=_("beside contract"))
    def parent_link(self, contract: Contract) -> str:
        return cells.link(contract.parent)

    @admin.display(description=_("Base term"))
    def term(self, contract: Contract) -> str:
        if not contract.term_months:
            return cells.EMPTY
        return _("%(months)s months from %(day)s") % {
            "months": contract.term_months,
            "day": cells.day_text(contract.term_start),
        }
