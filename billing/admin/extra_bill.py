"""Bills at once: proposed on the page of a contract, decided by a second person."""

from collections.abc import Iterable
from contextlib import suppress
from datetime import date, datetime, timedelta
from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.html import format_html_join
from django.utils.translation import gettext_lazy as _

from billing.models import Charge, ExtraBill
from billing.models.extra_bill import EXTRA_BILL
from billing.services.bill_at_once import approve_bill, foresee_bill, propose_bill, reject_bill
from contracts.models import Contract
from contracts.models.contract import LIVE_STATES
from workflow.staff import cells
from workflow.staff.button_form import DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.proposals import ProposalAdmin
from workflow.staff.second_person import decision_buttons, is_pending


class ExtraBillForm(ReasonForm):
    """Through which day, and why."""

    through = DayField(label=_("last day"), help_text=_("What was used by the end of this day is billed."))

    field_order = ["through", "reason"]

    def set_up(self) -> None:
        self.fields["through"].initial = self.on_day - timedelta(days=1)


def _asked_for(contract: Contract, through: date, at: datetime) -> Panel:
    """The lines of the invoice, and its yen."""
    found = foresee_bill(contract=contract, through=through, at=at)
    return panel(
        _("What the invoice asks for"),
        found.charges,
        [
            (_("charge"), lambda charge: charge.name),
            (_("period"), lambda charge: cells.span(*_first_and_last(charge))),
            (_("amount"), lambda charge: cells.yen(charge.amount)),
            (_("article"), lambda charge: cells.article(charge.article)),
        ],
        shown=100,
        empty=_("Nothing was used by then that is not billed."),
        note=_("As things stand now %(total)s yen with tax, on an invoice of its own.")
        % {"total": f"{found.total:,}"},
    )


def _first_and_last(charge: Charge) -> tuple[date, date]:
    since, until = charge.period  # not saved yet: a pair, and no range
    return since, until - timedelta(days=1)


def _foresee(press: Press) -> Iterable[Panel]:
    yield _asked_for(press.obj, press.data["through"], press.at)


def _propose(press: Press) -> Done:
    bill = propose_bill(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=bill)


def _approve(press: Press) -> Done:
    invoice = approve_bill(bill=press.obj, by=press.by, at=press.at)
    return Done(message=_("The invoice is issued."), go_to=invoice)


def _reject(press: Press) -> Done:
    reject_bill(bill=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


def _article(contract: Contract) -> Any:
    table = contract.pack(today()).charging_at_once
    return table.article if table else ""


extra_bill_button = Button(
    name="bill-at-once",
    label=_("Bill at once"),
    permission="billing.add_extrabill",
    possible=lambda contract: contract.state in LIVE_STATES and bool(_article(contract)),
    form=ExtraBillForm,
    run=_propose,
    foresees=_foresee,
    effects=lambda contract: [
        Effect(
            text=_("Once a second person agrees, what was used by that day comes on an invoice of its own."),
            article=_article(contract),
        ),
        Effect(text=_("The run of the month charges the days after it.")),
    ],
)


@admin.register(ExtraBill)
class ExtraBillAdmin(ProposalAdmin):
    list_display = ["id", "decision_badge", "contract_link", "through", "decided_on", "article_link"]
    list_display_links = ["id"]
    list_select_related = ["contract"]
    fields = ["contract_link", "through", "reason", "article_link", "decided_on", "invoice_links"]
    buttons = decision_buttons(
        EXTRA_BILL,
        permission="billing.change_extrabill",
        approve=_approve,
        reject=_reject,
        effects=lambda bill: [
            Effect(text=_("The invoice is issued at once, and the subscriber is told."), article=bill.article)
        ],
    )

    def panels(self, request: HttpRequest, obj: ExtraBill) -> Iterable[Panel]:
        at = timezone.now()
        # Once its days are billed otherwise, the service that approves it says so.
        if is_pending(EXTRA_BILL)(obj):
            with suppress(ValidationError):
                yield _asked_for(obj.contract, obj.through, at)

    @admin.display(description=_("contract"))
    def contract_link(self, bill: ExtraBill) -> str:
        return cells.link(bill.contract)

    @admin.display(description=_("invoice"))
    def invoice_links(self, bill: ExtraBill) -> str:
        links = ((cells.link(invoice),) for invoice in bill.invoices.order_by("pk"))
        return format_html_join(" ", "{}", links) or cells.EMPTY
