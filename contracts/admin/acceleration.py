"""Accelerations: since when all debts of a subscriber under a document are due, and why."""

from collections.abc import Iterable

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.guards.acceleration import acceleration_grounds
from contracts.models import Acceleration
from contracts.services.withdraw_acceleration import withdraw_acceleration
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm, ground_label
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


def _withdraw(press: Press) -> Done:
    withdraw_acceleration(acceleration=press.obj, by=press.by, on=press.on, reason=press.data["reason"])
    return Done(message=_("The due dates of the invoices hold again; the subscriber is told."))


@admin.register(Acceleration)
class AccelerationAdmin(FactsAdmin):
    list_display = [
        "id",
        "subscriber_link",
        "terms",
        "accelerated_on",
        "ground_text",
        "article_link",
        "standing",
    ]
    list_display_links = ["id", "accelerated_on"]
    list_filter = [DocumentFilter]
    list_select_related = ["subscriber"]
    search_fields = ["contract__number__startswith"]
    search_help_text = _("Contract number, from its beginning.")
    fields = [
        "subscriber_link", "terms", "contract_link", "accelerated_on", "ground_text", "ground_article_link", "article_link",
        "reason", "recorded_on", "by", "notice_link", "withdrawn_on", "withdrawn_by", "withdrawal_reason",
    ]  # fmt: skip
    buttons = [
        Button(
            name="withdraw",
            label=_("Give time to pay again"),
            permission="contracts.change_acceleration",
            possible=lambda acceleration: acceleration.stands,
            form=ReasonForm,
            run=_withdraw,
            effects=lambda acceleration: [
                Effect(
                    text=_("The due dates printed on the invoices hold again, and the subscriber is told.")
                ),
                Effect(
                    text=_(
                        "What was paid or charged meanwhile stays; give late interest back by a credit note."
                    )
                ),
            ],
        )
    ]

    def panels(self, request: HttpRequest, obj: Acceleration) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("subscriber"))
    def subscriber_link(self, acceleration: Acceleration) -> str:
        return cells.link(acceleration.subscriber, acceleration.subscriber.name)

    @admin.display(description=_("contract"))
    def contract_link(self, acceleration: Acceleration) -> str:
        return cells.link(acceleration.contract)

    @admin.display(description=_("ground"))
    def ground_text(self, acceleration: Acceleration) -> str:
        pack = pack_for(acceleration.terms_code, acceleration.recorded_on, earliest=True)
        known = {each.code: each for each in acceleration_grounds(pack)}
        found = known.get(acceleration.ground)
        return ground_label(found) if found else acceleration.ground

    @admin.display(description=_("article of the ground"))
    def ground_article_link(self, acceleration: Acceleration) -> str:
        return cells.article(acceleration.ground_article)

    @admin.display(description=_("notice"))
    def notice_link(self, acceleration: Acceleration) -> str:
        return cells.link(acceleration.notice)

    @admin.display(description=_("Standing"))
    def standing(self, acceleration: Acceleration) -> str:
        if acceleration.stands:
            return cells.badge(_("all due"), "danger")
        return cells.badge(_("withdrawn"))
