"""Endings: declared, waiting for their last day, withdrawn."""

from collections.abc import Iterable, Mapping

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.guards.ending import operator_ground
from contracts.guards.initial_cancellation import GROUND as INITIAL_CANCELLATION
from contracts.models import Contract, Ending
from contracts.search import contract_keys
from contracts.services.announce_discontinuation import DISCONTINUED
from contracts.services.record_objection import OBJECTION
from contracts.services.withdraw_ending import withdraw_ending
from terms.errors import TermsError
from workflow.staff import cells
from workflow.staff.button_form import DatedReasonForm, ground_label
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


def _withdraw(press: Press) -> Done:
    withdraw_ending(ending=press.obj, by=press.by, on=press.data["on"], reason=press.data["reason"])
    return Done(message=_("The ending is withdrawn; the contract goes on, and the subscriber is told."))


_BEYOND_THE_LIST: Mapping[str, str | Promise] = {
    INITIAL_CANCELLATION: _("Cancelled within the first days"),
    OBJECTION: _("Objection to a change of the terms or fees"),
    DISCONTINUED: _("The service ended"),
}
"""Grounds that no list of the documents names."""


def ground_in_words(contract: Contract, ground: str) -> str:
    """A ground of ending in the language of the reader."""
    if not ground:
        return cells.EMPTY
    try:
        found = operator_ground(contract.pack(contract.ends_on or contract.applied_on), ground)
    except TermsError:
        found = None
    return ground_label(found) if found else str(_BEYOND_THE_LIST.get(ground, ground))


@admin.register(Ending)
class EndingAdmin(FactsAdmin):
    list_display = [
        "contract_link",
        "subscriber",
        "by",
        "ground_text",
        "article_link",
        "declared_on",
        "ends_on",
        "standing",
    ]
    list_display_links = ["declared_on"]
    list_filter = ["by", "urgent"]
    list_select_related = ["contract__subscriber"]
    search_fields = ["contract__number"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    fields = [
        "contract_link", "subscriber", "by", "ground_text", "article_link", "reason", "form", "urgent", "declared_on", "ends_on",
        "notice_link", "withdrawn_on",
    ]  # fmt: skip
    buttons = [
        Button(
            name="withdraw",
            label=_("Withdraw the ending"),
            permission="contracts.change_ending",
            possible=lambda ending: (
                ending.withdrawn_on is None and ending.contract.state == Contract.State.ENDING
            ),
            form=DatedReasonForm,
            run=_withdraw,
            effects=lambda ending: [
                Effect(text=_("The contract goes on as it stood, and so do those that were to end with it.")),
                Effect(text=_("Each subscriber is told.")),
            ],
        )
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Ending]:
        return super().get_queryset(request).select_related("contract__subscriber", "notice")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Ending], search_term: str
    ) -> tuple[QuerySet[Ending], bool]:
        if not search_term:
            return queryset, False
        contracts = contract_keys(search_term)
        return queryset.filter(contract__in=contracts), False

    def panels(self, request: HttpRequest, obj: Ending) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, ending: Ending) -> str:
        return cells.link(ending.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, ending: Ending) -> str:
        return cells.link(ending.contract.subscriber, ending.contract.subscriber.name)

    @admin.display(description=_("ground"))
    def ground_text(self, ending: Ending) -> str:
        return ground_in_words(ending.contract, ending.ground)

    @admin.display(description=_("notice"))
    def notice_link(self, ending: Ending) -> str:
        return cells.link(ending.notice)

    @admin.display(description=_("Standing"))
    def standing(self, ending: Ending) -> str:
        if ending.withdrawn_on:
            return cells.badge(_("withdrawn"))
        return cells.state_badge(ending.contract)
