"""Repair tickets: the work queue, in the order of repair."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.repair_ticket_buttons import ticket_buttons
from contracts.models import RepairTicket
from contracts.search import contract_keys
from workflow.staff import cells
from workflow.staff.filters import OnlyFilter
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin

_OVER = [RepairTicket.State.CLOSED, RepairTicket.State.WITHDRAWN]


class OpenFilter(OnlyFilter):
    """What is still to be done."""

    title = _("open")
    parameter_name = "open"
    choice = _("Not closed yet")

    def only(self, request: HttpRequest, rows: QuerySet[RepairTicket]) -> QuerySet[RepairTicket]:
        return rows.exclude(state__in=_OVER)


@admin.register(RepairTicket)
class RepairTicketAdmin(FactsAdmin):
    """Reported from the page of a contract. The rank is the one agreed for the line."""

    list_display = [
        "id", "rank", "state_badge", "contract_link", "subscriber", "symptom", "reported", "begin_by",
    ]  # fmt: skip
    list_display_links = ["id", "symptom"]
    list_filter = [OpenFilter, "state", "cause"]
    list_select_related = ["contract__subscriber", "contract__line"]
    ordering = ["contract__line__repair_rank", "reported_at", "id"]
    search_fields = ["contract__number"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = ticket_buttons
    fields = [
        "contract_link", "subscriber", "rank", "symptom", "reported", "begin_by", "outage_link", "own_check",
        "tested_at", "test_clear", "visit_requested", "dispatched_at", "cause", "maintained", "findings", "closed_at",
        "fee_link",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[RepairTicket]:
        found = super().get_queryset(request)
        return found.select_related("contract__subscriber", "contract__line", "outage__line")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[RepairTicket], search_term: str
    ) -> tuple[QuerySet[RepairTicket], bool]:
        if not search_term:
            return queryset, False
        return queryset.filter(contract__in=contract_keys(search_term)), False

    def button_facts(self, obj: RepairTicket) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("symptom")), obj.symptom),
            (str(_("own check of the subscriber")), obj.own_check or cells.EMPTY),
        ]

    def panels(self, request: HttpRequest, obj: RepairTicket) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, ticket: RepairTicket) -> str:
        return cells.link(ticket.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, ticket: RepairTicket) -> str:
        return ticket.contract.subscriber.name

    @admin.display(description=_("fault reported at"), ordering="reported_at")
    def reported(self, ticket: RepairTicket) -> str:
        return cells.moment(ticket.reported_at)

    @admin.display(description=_("repair rank"), ordering="contract__line__repair_rank")
    def rank(self, ticket: RepairTicket) -> str:
        return str(ticket.contract.line.repair_rank) if ticket.contract.line else cells.EMPTY

    @admin.display(description=_("outage"))
    def outage_link(self, ticket: RepairTicket) -> str:
        return cells.link(ticket.outage)

    @admin.display(description=_("dispatch fee due under"))
    def fee_link(self, ticket: RepairTicket) -> str:
        return cells.article(ticket.fee_article) if ticket.fee_article else cells.EMPTY
