"""Works: planned, started, done."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from contracts.admin.notice_panels import notices_about_panel
from contracts.admin.told import reached
from contracts.admin.work_items import work_items
from contracts.models import Work
from contracts.search import contract_keys
from contracts.services.cancel_work import cancel_work
from contracts.services.finish_work import finish_work
from contracts.services.start_work import start_work
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ComeMomentField, ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel
from workflow.staff.staff_admin import FactsAdmin


class MomentForm(ButtonForm):
    """When it happened."""

    at = ComeMomentField(label=_("When"))

    def set_up(self) -> None:
        self.fields["at"].initial = timezone.now()


class CancelForm(ReasonForm):
    """When it was given up, why, and what the started part cost."""

    at = ComeMomentField(label=_("When"))
    cost_so_far = forms.IntegerField(
        label=_("cost of the started part"),
        min_value=0,
        initial=0,
        help_text=_("Yen without tax; nothing where the work has not started."),
    )

    field_order = ["at", "reason", "cost_so_far"]

    def set_up(self) -> None:
        self.fields["at"].initial = timezone.now()
        if self.obj.state == Work.State.PLANNED:
            del self.fields["cost_so_far"]


def _start(press: Press) -> Done:
    start_work(work=press.obj, by=press.by, at=press.data["at"])
    return Done(message=_("The work has started."))


def _finish(press: Press) -> Done:
    finish_work(work=press.obj, by=press.by, at=press.data["at"])
    return Done(message=_("The work is done."))


def _cancel(press: Press) -> Done:
    data = press.data
    cancel_work(
        work=press.obj,
        by=press.by,
        at=data["at"],
        reason=data["reason"],
        cost_so_far=data.get("cost_so_far", 0),
    )
    return Done(message=_("The work is cancelled."))


@admin.register(Work)
class WorkAdmin(FactsAdmin):
    list_display = [
        "id",
        "kind",
        "state_badge",
        "contract_link",
        "subscriber",
        "planned_at",
        "appointed",
        "done_at",
    ]
    list_display_links = ["id", "kind"]
    list_filter = ["state", "kind", "planned_at"]
    list_select_related = ["contract__subscriber"]
    search_fields = ["contract__number"]
    search_help_text = _(
        "Contract number, or the subscriber’s number, name, phone or e-mail, from its beginning."
    )
    fields = [
        "kind", "contract_link", "request_link", "parts", "planned_at", "due_on", "appointed", "instalments",
        "started_at", "done_at", "cancelled_at", "cost",
    ]  # fmt: skip
    buttons = [
        Button(
            name="start", label=_("Start"), permission="contracts.change_work", transition="start", look="primary",
            form=MomentForm, run=_start,
            effects=lambda work: [Effect(text=_("From here on a cancellation costs what the document says."))],
        ),
        Button(
            name="finish", label=_("Finish"), permission="contracts.change_work", transition="finish", look="primary",
            form=MomentForm, run=_finish,
            effects=lambda work: [Effect(text=_("The construction fee of its parts is charged with the next invoice."))],
        ),
        Button(
            name="cancel", label=_("Cancel the work"), permission="contracts.change_work", transition="cancel", look="danger",
            form=CancelForm, run=_cancel,
            effects=lambda work: [
                Effect(text=_("Nothing is charged: the work has not started."))
                if work.state == Work.State.PLANNED
                else Effect(text=_("The started part is charged where the document says so.")),
                Effect(
                    text=_("A notice with the reason goes to %(recipient)s.")
                    % {"recipient": reached(work.contract.subscriber)}
                ),
            ],
        ),
    ]  # fmt: skip

    def get_queryset(self, request: HttpRequest) -> QuerySet[Work]:
        return super().get_queryset(request).select_related("contract__subscriber", "request")

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Work], search_term: str
    ) -> tuple[QuerySet[Work], bool]:
        if not search_term:
            return queryset, False
        contracts = contract_keys(search_term)
        return queryset.filter(contract__in=contracts), False

    def button_facts(self, obj: Work) -> list[tuple[str, Any]]:
        return [
            (str(_("state")), cells.state_badge(obj)),
            (str(_("contract")), cells.link(obj.contract)),
            (str(_("subscriber")), obj.contract.subscriber.name),
            (str(_("planned for")), cells.moment(obj.planned_at)),
        ]

    def panels(self, request: HttpRequest, obj: Work) -> Iterable[Panel]:
        yield notices_about_panel(obj)

    @admin.display(description=_("contract"))
    def contract_link(self, work: Work) -> str:
        return cells.link(work.contract)

    @admin.display(description=_("subscriber"))
    def subscriber(self, work: Work) -> str:
        return work.contract.subscriber.name

    @admin.display(description=_("request"))
    def request_link(self, work: Work) -> str:
        return cells.link(work.request)

    @admin.display(description=_("parts"))
    def parts(self, work: Work) -> str:
        names = dict(work_items(work.contract.terms_code))
        return "、".join(names.get(code, code) for code in work.items) or cells.EMPTY

    @admin.display(description=_("cost of the started part"))
    def cost(self, work: Work) -> str:
        return cells.yen(work.cost_so_far) if work.cost_so_far else cells.EMPTY
