"""Recording what arrived, and how somebody pays."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.admin.paying_otherwise import paying_otherwise_buttons
from billing.admin.refund import refund_button
from billing.models import BillingAccount, Payment
from billing.services.choose_letters import choose_letters, comes_by_post, stop_letters
from billing.services.open_account import open_account
from billing.services.record_payment import record_payment
from terms.calendar import Month
from workflow.staff.button_form import ButtonForm, DayField
from workflow.staff.buttons import Button, Done, Effect, Press


class PaymentForm(ButtonForm):
    """What arrived, when, how, and what identifies it."""

    amount = forms.IntegerField(label=_("amount"), min_value=1, help_text=_("Yen."))
    paid_on = DayField(label=_("paid on"), help_text=_("The day on which it arrived."))
    method = forms.ChoiceField(label=_("payment method"), choices=Payment.Method.choices)
    reference = forms.CharField(
        label=_("reference"),
        max_length=80,
        help_text=_("What identifies it at the bank or collector. The same one twice is refused."),
    )

    def set_up(self) -> None:
        self.fields["paid_on"].initial = self.on_day
        self.fields["method"].initial = self.obj.method


class MeansForm(ButtonForm):
    """The means of payment; a bank account only for account transfer."""

    method = forms.ChoiceField(
        label=_("payment method"), choices=BillingAccount.Method.choices, widget=forms.RadioSelect
    )
    bank_code = forms.CharField(
        label=_("bank code"), max_length=4, required=False, help_text=_("Four digits.")
    )
    branch_code = forms.CharField(
        label=_("branch code"), max_length=3, required=False, help_text=_("Three digits.")
    )
    account_type = forms.ChoiceField(
        label=_("account type"),
        choices=BillingAccount.AccountType.choices,
        widget=forms.RadioSelect,
        required=False,
    )
    account_number = forms.CharField(
        label=_("account number"), max_length=7, required=False, help_text=_("Seven digits.")
    )
    holder_kana = forms.CharField(label=_("account holder in kana"), max_length=30, required=False)

    def set_up(self) -> None:
        account = self.obj if isinstance(self.obj, BillingAccount) else BillingAccount()
        for name, field in self.fields.items():
            field.initial = getattr(account, name)


def _pay(press: Press) -> Done:
    payment = record_payment(account=press.obj, by=press.by, at=press.at, **press.data)
    left = payment.amount - sum(payment.allocations.values_list("amount", flat=True))
    if left:
        return Done(
            message=_("Recorded. %(left)s yen stay on the account as credit.") % {"left": f"{left:,}"},
            go_to=payment,
        )
    return Done(message=_("Recorded and set against the open invoices."), go_to=payment)


def change_means(press: Press) -> Done:
    """Say anew how the subscriber of an account pays."""
    open_account(subscriber=press.obj.subscriber, by=press.by, **press.data)
    return Done(message=_("The means of payment is changed."))


def _choose(press: Press) -> Done:
    choice = choose_letters(account=press.obj, by=press.by, on=press.on)
    return Done(
        message=_("Invoices come by post from that for %(month)s on.") % {"month": Month.of(choice.since)}
    )


def _stop(press: Press) -> Done:
    choice = stop_letters(account=press.obj, by=press.by, on=press.on)
    assert choice.until is not None
    return Done(
        message=_("Invoices come by e-mail from that for %(month)s on.") % {"month": Month.of(choice.until)}
    )


account_buttons = [
    Button(
        name="pay",
        label=_("Record a payment"),
        permission="billing.add_payment",
        look="primary",
        form=PaymentForm,
        run=_pay,
        effects=lambda account: [
            Effect(
                text=_(
                    "It is set against the open invoices, the earliest due first; what is left stays as credit."
                )
            ),
            Effect(
                text=_("What came late bears the interest of the document, charged with the next invoice.")
            ),
            Effect(text=_("Suspensions and endings for debts that are gone are lifted or withdrawn.")),
        ],
    ),
    refund_button,
    Button(
        name="means",
        label=_("Change the means of payment"),
        permission="billing.change_billingaccount",
        form=MeansForm,
        run=change_means,
        effects=lambda account: [
            Effect(
                text=_(
                    "Where the tariff has a fee for account transfer, each invoice asked for that way bears it, from the first "
                    "month that is not billed yet."
                )
            )
        ],
    ),
    Button(
        name="letters",
        label=_("Send invoices by post"),
        permission="billing.change_billingaccount",
        possible=lambda account: not comes_by_post(account),
        run=_choose,
        effects=lambda account: [
            Effect(
                text=_("From the first month that is not billed yet, the subscriber’s invoices are letters.")
            ),
            Effect(text=_("Where the tariff has a fee for it, each of those invoices bears it.")),
        ],
    ),
    Button(
        name="stop-letters",
        label=_("Send invoices by e-mail again"),
        permission="billing.change_billingaccount",
        possible=comes_by_post,
        run=_stop,
    ),
    *paying_otherwise_buttons,
]
