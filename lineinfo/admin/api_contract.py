"""API contracts: applied for, accepted, suspended, ended; their users and calls."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.kept_version import earlier_terms_panel
from contracts.admin.notice_panels import notices_about_panel
from contracts.search import subscriber_keys
from lineinfo.admin.api_conduct_buttons import conduct_buttons
from lineinfo.admin.api_contract_buttons import api_contract_buttons
from lineinfo.admin.api_service_buttons import service_buttons, succeed_button
from lineinfo.models import ApiCall, ApiContract
from lineinfo.rights import visible_contracts
from terms.errors import TermsError
from workflow.staff import cells
from workflow.staff.button_form import ground_label, today
from workflow.staff.buttons import Button
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(ApiContract)
class ApiContractAdmin(FactsAdmin):
    list_display = [
        "api_id",
        "subscriber_link",
        "state_badge",
        "applied_on",
        "accepted_on",
        "suspended_through",
        "ends_on",
    ]
    list_filter = ["state"]
    list_select_related = ["subscriber"]
    search_fields = ["api_id"]
    search_help_text = _("API ID, or the subscriber’s number, name, phone or e-mail, from its beginning.")
    buttons = [*api_contract_buttons, succeed_button, *conduct_buttons]
    fieldsets = [
        (None, {"fields": ["api_id", "subscriber_link", "terms", "form", "applied_on", "accepted_on"]}),
        (
            _("Sanction or ending"),
            {"fields": ["suspended_through", "ends_on", "ended_by", "ground_text", "article_link", "reason"]},
        ),
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[ApiContract]:
        found = super().get_queryset(request).select_related("subscriber")
        return found.prefetch_related("kept_versions__version")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[ApiContract], search_term: str
    ) -> tuple[QuerySet[ApiContract], bool]:
        if not search_term:
            return queryset, False
        people = subscriber_keys(search_term)
        by_id = queryset.filter(api_id__startswith=search_term.strip().lower())
        return by_id | queryset.filter(subscriber__in=people), False

    def all_list_buttons(self) -> list[Button]:
        return service_buttons()

    def button_facts(self, obj: ApiContract) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("subscriber")), cells.link(obj.subscriber)),
            (str(_("terms")), cells.document(obj.terms_code)),
        ]

    def panels(self, request: HttpRequest, obj: ApiContract) -> Iterable[Panel]:
        yield panel(
            _("API users"),
            obj.api_users.order_by("-id"),
            [
                (_("name"), cells.link),
                (_("e-mail"), lambda user: user.email),
                (_("All lines"), lambda user: cells.yes_no(user.all_lines)),
                (_("registered on"), lambda user: cells.day(user.registered_on)),
                (_("deleted on"), lambda user: cells.day(user.deleted_on)),
            ],
            shown=50,
        )
        kept = earlier_terms_panel(_("API contracts under earlier terms"), obj.kept_versions.all())
        if kept.rows:
            yield kept
        yield panel(
            _("Lines it can ask about today"),
            visible_contracts(api_contract=obj, on=today()).order_by("-id"),
            [
                (_("line"), lambda contract: cells.link(contract.line)),
                (_("contract"), cells.link),
                (_("product"), lambda contract: contract.product),
            ],
        )
        yield panel(
            _("subcontractors"),
            obj.subcontractors.order_by("-id"),
            [
                (_("name"), cells.link),
                (_("work entrusted"), lambda row: row.entrusted),
                (_("ended on"), lambda row: cells.day(row.ended_on)),
            ],
        )
        yield panel(
            _("breaches of the API terms"),
            obj.breaches.order_by("-id"),
            [
                (_("breach"), lambda row: cells.link(row, cells.day(row.reported_on))),
                (_("article"), lambda row: cells.article(row.article)),
                (_("state"), cells.state_badge),
            ],
        )
        yield panel(
            _("claims for damages under the API terms"),
            obj.damage_claims.order_by("-id"),
            [
                (_("claim"), cells.link),
                (_("claimant"), lambda row: row.get_claimant_display()),
                (_("state"), cells.state_badge),
            ],
        )
        yield panel(
            _("suspensions"),
            obj.suspensions.order_by("-id"),
            [
                (_("suspension"), lambda row: cells.link(row, cells.day(row.starts_on))),
                (_("state"), cells.state_badge),
                (_("last day"), lambda row: cells.day(row.over_on or row.through)),
                (_("article"), lambda row: cells.article(row.article)),
                (_("reason"), lambda row: row.reason),
            ],
        )
        yield panel(
            _("Latest calls"),
            obj.calls.select_related("credential").order_by("-id"),
            [
                (_("at"), lambda call: cells.moment(call.at)),
                (_("Call"), lambda call: f"{call.method} {call.path}"),
                (_("status"), lambda call: f"{call.status} {call.code}".strip()),
                (_("credential"), lambda call: cells.link(call.credential)),
            ],
            more=cells.list_of(ApiCall, api_contract__id__exact=obj.pk),
        )
        yield notices_about_panel(obj)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, contract: ApiContract) -> str:
        return cells.link(contract.subscriber)

    @admin.display(description=_("ground"))
    def ground_text(self, contract: ApiContract) -> str:
        return ground_in_words(contract, contract.ground, contract.ends_on or today())


def ground_in_words(contract: ApiContract, code: str, on: date) -> str:
    """A ground of the API's document, whichever table lists it, in the language of the reader."""
    if not code:
        return cells.EMPTY
    try:
        pack = contract.pack(on)
    except TermsError:
        return code
    for table in (pack.suspension, pack.operator_ending, pack.application):
        found = table.ground(code) if table else None
        if found:
            return ground_label(found)
    return code
