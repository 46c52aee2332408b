"""Refunds, and what ended a claim."""

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import BillingAccount, ReceivableEnd, Refund
from billing.selectors import balance_of
from billing.services.refund_credit import REFUND, approve_refund, propose_refund, reject_refund
from workflow.staff import cells
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.second_person import may_decide
from workflow.staff.staff_admin import FactsAdmin

_MAY = "billing.change_refund"


class RefundForm(ReasonForm):
    """How much, and why."""

    amount = forms.IntegerField(label=_("amount"), min_value=1, help_text=_("Yen."))

    field_order = ["amount", "reason"]

    def set_up(self) -> None:
        if isinstance(self.obj, BillingAccount):
            self.fields["amount"].initial = balance_of(self.obj, on=today()).credit or None


def _propose(press: Press) -> Done:
    refund = propose_refund(account=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("A second person is asked."), go_to=refund)


def _approve(press: Press) -> Done:
    approve_refund(refund=press.obj, by=press.by, at=press.at)
    return Done(message=_("Approved. Pay the money back now."))


def _reject(press: Press) -> Done:
    reject_refund(refund=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("Rejected."))


refund_button = Button(
    name="refund",
    label=_("Propose a refund"),
    permission="billing.add_refund",
    form=RefundForm,
    run=_propose,
    effects=lambda account: [
        Effect(text=_("Of what was paid and not used. A second person decides.")),
    ],
)


@admin.register(Refund)
class RefundAdmin(FactsAdmin):
    list_display = ["id", "account_link", "yen", "state_badge", "paid_on", "reason"]
    list_display_links = ["id"]
    list_filter = ["state"]
    list_select_related = ["account__subscriber"]
    fields = ["account_link", "yen", "reason", "paid_on"]
    buttons = [
        Button(
            name="approve", label=_("Approve"), permission=_MAY, transition="pay_out", allowed=may_decide(REFUND),
            look="primary", run=_approve,
            effects=lambda refund: [Effect(text=_("You agree, as the second person, that the money goes back."))],
        ),
        Button(
            name="reject", label=_("Reject"), permission=_MAY, transition="reject", allowed=may_decide(REFUND),
            look="danger", form=ReasonForm, run=_reject,
        ),
    ]  # fmt: skip

    @admin.display(description=_("billing account"))
    def account_link(self, refund: Refund) -> str:
        return cells.link(refund.account)

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, refund: Refund) -> str:
        return cells.yen(refund.amount)


@admin.register(ReceivableEnd)
class ReceivableEndAdmin(FactsAdmin):
    list_display = ["id", "on", "kind", "invoice_link", "yen", "partner", "article_link"]
    list_display_links = ["id"]
    list_filter = ["kind"]
    list_select_related = ["invoice", "partner"]
    search_fields = ["invoice__number__startswith"]
    fields = ["invoice_link", "kind", "yen", "on", "partner", "article_link", "by"]

    @admin.display(description=_("invoice"))
    def invoice_link(self, ended: ReceivableEnd) -> str:
        return cells.link(ended.invoice)

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, ended: ReceivableEnd) -> str:
        return cells.yen(ended.amount)
