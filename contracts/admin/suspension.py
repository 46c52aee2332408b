"""Suspensions: proposed, approved by a second person, told, carried out, lifted."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.suspension_buttons import suspension_buttons
from contracts.models import Suspension
from contracts.search import contract_keys
from terms.errors import TermsError
from workflow.staff import cells
from workflow.staff.button_form import ground_label
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Suspension)
class SuspensionAdmin(FactsAdmin):
    list_display = [
        "id",
        "contract_link",
        "subscriber",
        "state_badge",
        "ground_in_words",
        "article_link",
        "starts_on",
        "last_day",
    ]
    list_display_links = ["id"]
    list_filter = ["state", "urgent"]
    list_select_related = ["contract__subscriber"]
    search_fields = ["contract__number"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    buttons = suspension_buttons
    fields = [
        "contract_link", "subscriber", "ground_in_words", "article_link", "reason", "starts_on", "last_day", "urgent",
        "notice_link", "lifted_on",
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Suspension]:
        return super().get_queryset(request).select_related("contract__subscriber", "notice")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Suspension], search_term: str
    ) -> tuple[QuerySet[Suspension], bool]:
        if not search_term:
            return queryset, False
        contracts = contract_keys(search_term)
        return queryset.filter(contract__in=contracts), False

    def button_facts(self, obj: Suspension) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("subscriber")), obj.contract.subscriber.name),
            (str(_("ground")), self.ground_in_words(obj)),
            (str(_("article")), cells.article(obj.article)),
            (str(_("reason")), obj.reason),
            (str(_("first day")), cells.day(obj.starts_on)),
            (str(_("last day")), self.last_day(obj)),
        ]

    def panels(self, request: HttpRequest, obj: Suspension) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, suspension: Suspension) -> str:
        return cells.link(suspension.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, suspension: Suspension) -> str:
        return cells.link(suspension.contract.subscriber, suspension.contract.subscriber.name)

    @admin.display(description=_("ground"), ordering="ground")
    def ground_in_words(self, suspension: Suspension) -> str:
        try:
            table = suspension.contract.pack(suspension.starts_on).suspension
        except TermsError:
            table = None
        found = table.ground(suspension.ground) if table else None
        return ground_label(found) if found else suspension.ground

    @admin.display(description=_("last day"), ordering="through")
    def last_day(self, suspension: Suspension) -> str:
        return str(_("until the debt is paid")) if suspension.until_paid else cells.day(suspension.through)

    @admin.display(description=_("notice"))
    def notice_link(self, suspension: Suspension) -> str:
        return cells.link(suspension.notice)
