"""Bank deposits: the list of those that wait for a person."""

from collections.abc import Iterable

from django import forms
from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from billing.models import BillingAccount, Deposit
from billing.selectors import balance_of
from billing.services.assign_deposit import (
    assign_deposit,
    set_deposit_aside,
    take_deposit_back,
    undo_match,
)
from billing.services.take_deposits import candidates
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.panels import Panel, panel
from workflow.staff.staff_admin import FactsAdmin

_MAY = "billing.change_deposit"


class AssignForm(ButtonForm):
    """Whose it is."""

    subscriber = forms.CharField(label=_("subscriber number"), max_length=20)
    reason = forms.CharField(
        label=_("how it is known"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def set_up(self) -> None:
        found = candidates(self.obj)
        if len(found) == 1:
            self.fields["subscriber"].initial = found[0].subscriber.number

    def clean_subscriber(self) -> BillingAccount:
        number = self.cleaned_data["subscriber"].strip().upper()
        account = BillingAccount.objects.filter(subscriber__number=number).first()
        if account is None:
            raise forms.ValidationError(
                gettext("Nobody with a billing account has the number %(number)s.") % {"number": number}
            )
        return account


def _assign(press: Press) -> Done:
    data = press.data
    payment = assign_deposit(
        deposit=press.obj, account=data["subscriber"], by=press.by, at=press.at, reason=data["reason"]
    )
    return Done(message=_("The deposit is a payment of this subscriber now."), go_to=payment)


def _undo(press: Press) -> Done:
    undo_match(deposit=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The match is undone; the deposit waits again."))


def _aside(press: Press) -> Done:
    set_deposit_aside(deposit=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The deposit is set aside."))


def _back(press: Press) -> Done:
    take_deposit_back(deposit=press.obj, by=press.by, at=press.at, reason=press.data["reason"])
    return Done(message=_("The deposit waits again."))


@admin.register(Deposit)
class DepositAdmin(FactsAdmin):
    list_display = ["id", "booked_on", "payer", "yen", "state_badge", "why_open"]
    list_display_links = ["id", "payer"]
    list_filter = ["state", "why_open"]
    search_fields = ["payer__startswith"]
    fields = ["booked_on", "payer", "payer_code", "yen", "summary", "account", "why_open", "payment_link", "file_link"]  # fmt: skip
    list_select_related = ["payment", "file", "account"]
    buttons = [
        Button(
            name="assign", label=_("Say whose it is"), permission=_MAY, transition="match", look="primary",
            form=AssignForm, run=_assign,
            effects=lambda deposit: [
                Effect(text=_("It becomes a payment of the day on which it was booked.")),
                Effect(text=_("It is set against the open invoices, the earliest due first; what is left stays as credit.")),
            ],
        ),
        Button(
            name="undo", label=_("Undo the match"), permission=_MAY, transition="undo", look="danger",
            form=ReasonForm, run=_undo,
            effects=lambda deposit: [
                Effect(text=_("The invoices that it paid are owed again; late interest on it is taken back.")),
                Effect(text=_("Who undid it, when and why stays on record.")),
            ],
        ),
        Button(
            name="aside", label=_("Set aside"), permission=_MAY, transition="set_aside", form=ReasonForm, run=_aside,
            effects=lambda deposit: [Effect(text=_("It is no subscriber’s payment."))],
        ),
        Button(name="back", label=_("Take back"), permission=_MAY, transition="take_back", form=ReasonForm, run=_back),
    ]  # fmt: skip

    def panels(self, request: HttpRequest, obj: Deposit) -> Iterable[Panel]:
        if obj.state == Deposit.State.OPEN and obj.payer:
            yield panel(
                _("Who owes this amount under this name"),
                candidates(obj),
                [
                    (_("subscriber"), lambda row: cells.link(row.subscriber)),
                    (_("name"), lambda row: row.subscriber.name),
                    (_("Asked for and open"), lambda row: cells.yen(balance_of(row, on=today()).open)),
                ],
                empty=_("Nobody."),
            )

    @admin.display(description=_("amount"), ordering="amount")
    def yen(self, deposit: Deposit) -> str:
        return cells.yen(deposit.amount)

    @admin.display(description=_("payment"))
    def payment_link(self, deposit: Deposit) -> str:
        return cells.link(deposit.payment)

    @admin.display(description=_("bank file"))
    def file_link(self, deposit: Deposit) -> str:
        return cells.link(deposit.file)
