"""Subscribers: found by what is said on the telephone; everything about them on one page."""

from collections.abc import Iterable
from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.anti_social_check import check_button, checks_panel
from contracts.admin.notice_panels import notices_to_panel
from contracts.admin.request_buttons import apply_buttons
from contracts.admin.subscriber_form import contact_button, register_button
from contracts.models import Contract, Request, Subscriber
from contracts.search import subscriber_keys
from workflow.staff import cells
from workflow.staff.buttons import Button
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin


@admin.register(Subscriber)
class SubscriberAdmin(FactsAdmin):
    list_display = ["number", "name", "name_kana", "kind", "phone", "email", "city_and_town", "registered_on"]
    list_display_links = ["number", "name"]
    list_filter = ["kind", "channel"]
    search_fields = ["number"]
    search_help_text = _("Number, name, reading, phone number or e-mail, from its beginning.")
    list_buttons = [register_button]
    buttons = [contact_button, check_button]
    fieldsets = [
        (
            None,
            {
                "fields": [
                    "number",
                    "kind",
                    "name",
                    "name_kana",
                    "corporate_number",
                    "address",
                    "registered_on",
                ]
            },
        ),
        (_("Contact"), {"fields": ["contact_person", "phone", "email", "channel", "portal_account"]}),
    ]

    def all_buttons(self) -> list[Button]:
        return [*apply_buttons(), *super().all_buttons()]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Subscriber], search_term: str
    ) -> tuple[QuerySet[Subscriber], bool]:
        if not search_term:
            return queryset, False
        return queryset.filter(pk__in=subscriber_keys(search_term)), False

    def panels(self, request: HttpRequest, obj: Subscriber) -> Iterable[Panel]:
        yield panel(
            _("contracts"),
            obj.contracts.select_related("product", "line").order_by("-id"),
            [
                (_("contract"), cells.link),
                (_("state"), cells.state_badge),
                (_("terms"), lambda contract: cells.document(contract.terms_code)),
                (_("product"), lambda contract: contract.product),
                (_("line"), lambda contract: cells.link(contract.line)),
                (_("service start"), lambda contract: cells.day(contract.service_start)),
                (_("last day"), lambda contract: cells.day(contract.ends_on)),
            ],
            more=cells.list_of(Contract, subscriber__id__exact=obj.pk),
        )
        yield panel(
            _("requests"),
            obj.requests.select_related("contract").order_by("-id"),
            [
                (_("request"), cells.link),
                (_("state"), cells.state_badge),
                (_("contract"), lambda request: cells.link(request.contract)),
                (_("received at"), lambda request: cells.moment(request.received_at)),
                (_("decided on"), lambda request: cells.day(request.decided_on)),
            ],
            more=cells.list_of(Request, subscriber__id__exact=obj.pk),
        )

    def later_panels(self, request: HttpRequest, obj: Subscriber) -> Iterable[Panel]:
        yield checks_panel(obj)
        yield notices_to_panel(obj)
        yield _changes(obj)

    @admin.display(description=_("Address"))
    def city_and_town(self, subscriber: Subscriber) -> str:
        return f"{subscriber.prefecture}{subscriber.city}{subscriber.town}"

    @admin.display(description=_("Address"))
    def address(self, subscriber: Subscriber) -> str:
        return subscriber.full_address

    @admin.display(description=_("portal account"))
    def portal_account(self, subscriber: Subscriber) -> str:
        return cells.link(subscriber.user)


def _changes(subscriber: Subscriber) -> Panel:
    """What the database itself recorded of every change: also those made in bulk."""
    events: Any = Subscriber.pgh_event_model  # type: ignore[attr-defined]  # pghistory adds it
    rows = events.objects.filter(pgh_obj=subscriber).order_by("-pgh_id")
    return panel(
        _("Details as they were recorded"),
        rows,
        [
            (_("at"), lambda event: cells.moment(event.pgh_created_at)),
            (_("Full name"), lambda event: event.name),
            (
                _("Address"),
                lambda event: f"{event.prefecture}{event.city}{event.town} {event.building}".strip(),
            ),
            (_("phone"), lambda event: event.phone),
            (_("e-mail"), lambda event: event.email),
        ],
    )
