"""The subscriber's own equipment: what is connected, how its inspections went."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.own_equipment_buttons import own_equipment_buttons
from contracts.models import OwnEquipment
from contracts.search import contract_keys
from contracts.services.own_equipment import suspension_ground
from workflow.staff import cells
from workflow.staff.button_form import today
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(OwnEquipment)
class OwnEquipmentAdmin(FactsAdmin):
    """Comes with a request to connect it, or is put on record on the page of a contract."""

    list_display = ["name", "kind", "state_badge", "contract_link", "subscriber", "certification", "asked_on"]
    list_filter = ["state", "kind"]
    list_select_related = ["contract__subscriber"]
    search_fields = ["name"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = own_equipment_buttons
    fields = [
        "name", "kind", "contract_link", "subscriber", "place", "certification", "request_link", "asked_on", "over_on",
        "article_link", "ground_of_suspension",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[OwnEquipment]:
        return super().get_queryset(request).select_related("contract__subscriber", "request")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[OwnEquipment], search_term: str
    ) -> tuple[QuerySet[OwnEquipment], bool]:
        term = search_term.strip()
        return (queryset.filter(contract__in=contract_keys(term)) if term else queryset), False

    def button_facts(self, obj: OwnEquipment) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("own equipment")), obj.name),
            (str(_("contract")), cells.link(obj.contract)),
        ]

    def panels(self, request: HttpRequest, obj: OwnEquipment) -> Iterable[Panel]:
        yield panel(
            _("inspections"),
            obj.inspections.order_by("-id"),
            [
                (_("asked on"), lambda each: cells.day(each.asked_on)),
                (_("state"), cells.state_badge),
                (_("inspector"), lambda each: each.inspector),
                (_("certificate shown"), lambda each: each.certificate),
                (_("findings"), lambda each: each.findings),
                (_("article"), lambda each: cells.article(each.article)),
            ],
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, unit: OwnEquipment) -> str:
        return cells.link(unit.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, unit: OwnEquipment) -> str:
        return unit.contract.subscriber.name

    @admin.display(description=_("request"))
    def request_link(self, unit: OwnEquipment) -> str:
        return cells.link(unit.request) if unit.request else cells.EMPTY

    @admin.display(description=_("ground of a suspension"))
    def ground_of_suspension(self, unit: OwnEquipment) -> str:
        return suspension_ground(unit=unit, on=today()) or cells.EMPTY
