"""Lent equipment: with whom it is, what is due back, what is to be paid for."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.admin.lent_equipment_buttons import equipment_buttons
from contracts.admin.notice_panels import notices_about_panel
from contracts.models import LentEquipment
from contracts.search import contract_keys
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.filters import OnlyFilter
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


class OverdueFilter(OnlyFilter):
    """Asked back, and its day is over."""

    title = _("return by")
    parameter_name = "due"
    word = "overdue"
    choice = _("Overdue")

    def only(self, request: HttpRequest, rows: QuerySet[LentEquipment]) -> QuerySet[LentEquipment]:
        return rows.filter(state=LentEquipment.State.TO_RETURN, return_by__lt=timezone.localdate())


@admin.register(LentEquipment)
class LentEquipmentAdmin(FactsAdmin):
    """Lent from the page of a contract."""

    list_display = [
        "serial_number", "product", "state_badge", "contract_link", "subscriber", "lent_on", "return_by", "claim",
    ]  # fmt: skip
    list_filter = [OverdueFilter, "state", "owner", "claim"]
    list_select_related = ["contract__subscriber", "product"]
    search_fields = ["serial_number"]
    search_help_text = _(
        "Serial number or contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = equipment_buttons
    fields = [
        "product", "serial_number", "contract_link", "subscriber", "owner", "place", "lent_on", "why", "asked_on",
        "return_by", "reminded_on", "over_on", "claim", "claimed_on", "cost_in_yen", "duty_in_words", "article_link",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[LentEquipment]:
        return super().get_queryset(request).select_related("contract__subscriber", "product")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[LentEquipment], search_term: str
    ) -> tuple[QuerySet[LentEquipment], bool]:
        term = search_term.strip()
        if not term:
            return queryset, False
        found = queryset.filter(serial_number__startswith=term)
        return found | queryset.filter(contract__in=contract_keys(term)), False

    def button_facts(self, obj: LentEquipment) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("product")), obj.product),
            (str(_("serial number")), obj.serial_number),
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("return by")), cells.day(obj.return_by)),
        ]

    def panels(self, request: HttpRequest, obj: LentEquipment) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, unit: LentEquipment) -> str:
        return cells.link(unit.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, unit: LentEquipment) -> str:
        return unit.contract.subscriber.name

    @admin.display(description=_("cost of making good"))
    def cost_in_yen(self, unit: LentEquipment) -> str:
        return cells.yen(unit.cost)

    @admin.display(description=_("breach of the duty"))
    def duty_in_words(self, unit: LentEquipment) -> str:
        duties = unit.contract.pack(unit.claimed_on or unit.lent_on).duties
        found = next((duty for duty in duties if duty.code == unit.duty), None)
        return ground_label(found) if found else cells.EMPTY
