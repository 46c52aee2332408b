"""Drafts that a rule holds, and the rule."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from billing.models import BillingRun, HeldInvoice, ReviewPolicy
from billing.services.decide_held import leave_out, release_held
from contracts.admin.terms_code import TermsCodeMixin
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter, OnlyFilter
from workflow.staff.staff_admin import FactsAdmin, StaffAdmin


@admin.register(ReviewPolicy)
class ReviewPolicyAdmin(TermsCodeMixin, StaffAdmin):
    list_display = ["terms", "valid_from", "ceiling", "times", "difference"]
    list_display_links = ["valid_from"]
    list_filter = [DocumentFilter]


class OpenFilter(OnlyFilter):
    """Those on which nobody has decided."""

    title = _("released")
    parameter_name = "open"
    choice = _("Not yet")

    def only(self, request: HttpRequest, rows: QuerySet[HeldInvoice]) -> QuerySet[HeldInvoice]:
        return rows.filter(released_at=None)


def _waits(held: HeldInvoice) -> bool:
    run = held.invoice.run
    return held.released_at is None and run is not None and run.state == BillingRun.State.IN_REVIEW


def _release(press: Press) -> Done:
    held = release_held(held=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The draft goes out with its run."), go_to=held.invoice.run)


def _leave_out(press: Press) -> Done:
    run = press.obj.invoice.run
    leave_out(held=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The account is out of this run; its contracts are parked."), go_to=run)


_BUTTONS = [
    Button(
        name="release",
        label=_("Release"),
        permission="billing.change_heldinvoice",
        possible=_waits,
        look="primary",
        form=ReasonForm,
        run=_release,
        previews=False,
        effects=lambda held: [Effect(text=_("The amount is right: the invoice goes out with its run."))],
    ),
    Button(
        name="leave-out",
        label=_("Leave out of this run"),
        permission="billing.change_heldinvoice",
        possible=_waits,
        look="danger",
        form=ReasonForm,
        run=_leave_out,
        previews=False,
        effects=lambda held: [
            Effect(
                text=_("The drafts of the account are gone, and its contracts are parked with the reason.")
            ),
            Effect(text=_("The next run rates them for this month, too.")),
        ],
    ),
]


@admin.register(HeldInvoice)
class HeldInvoiceAdmin(FactsAdmin):
    list_display = [
        "id",
        "kind",
        "invoice_link",
        "subscriber",
        "total_yen",
        "before_yen",
        "released_by",
        "reason",
    ]
    list_filter = ["kind", OpenFilter]
    list_select_related = ["invoice__account__subscriber", "released_by"]
    fields = [
        "kind",
        "invoice_link",
        "run_link",
        "total_yen",
        "before_yen",
        "released_by",
        "released_at",
        "reason",
    ]
    buttons = _BUTTONS

    def get_queryset(self, request: HttpRequest) -> QuerySet[HeldInvoice]:
        return super().get_queryset(request).select_related("invoice__run", "invoice__account__subscriber")

    @admin.display(description=_("invoice"))
    def invoice_link(self, held: HeldInvoice) -> Any:
        return cells.link(held.invoice)

    @admin.display(description=_("billing run"))
    def run_link(self, held: HeldInvoice) -> Any:
        return cells.link(held.invoice.run)

    @admin.display(description=_("subscriber"))
    def subscriber(self, held: HeldInvoice) -> str:
        return str(held.invoice.account.subscriber.name)

    @admin.display(description=_("total"))
    def total_yen(self, held: HeldInvoice) -> Any:
        return cells.yen(held.total)

    @admin.display(description=_("month before"))
    def before_yen(self, held: HeldInvoice) -> Any:
        return cells.yen(held.before)
