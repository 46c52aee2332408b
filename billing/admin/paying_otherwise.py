"""Paying several months together, and in advance: from the page of a billing account."""

from collections.abc import Callable

from django import forms
from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from billing.models import BillingAccount, LumpPayment, Payment
from billing.services.agree_lump_payment import agree_lump_payment
from billing.services.take_advance import take_advance
from terms.pack import Pack
from terms.registry import registry
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField, MonthField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press
from workflow.staff.filters import DocumentFilter
from workflow.staff.staff_admin import FactsAdmin


def _documents(has: Callable[[Pack], object]) -> list[tuple[str, str]]:
    """The documents in force that have such a clause."""
    packs = [registry().pack_for(code, today(), earliest=True) for code in registry().codes()]
    return [(pack.code, pack.title) for pack in packs if has(pack)]


class LumpForm(ReasonForm):
    """Which months, why, and how the subscriber consented."""

    terms_code = forms.ChoiceField(label=_("terms"))
    first_month = MonthField(label=_("first month"))
    months = forms.IntegerField(label=_("number of months"), min_value=2, max_value=12, initial=2)
    consented_on = DayField(label=_("consented on"))
    evidence = forms.CharField(
        label=_("how consent was given"),
        max_length=200,
        help_text=_("The paper or call, and where it is kept."),
    )

    field_order = ["terms_code", "first_month", "months", "reason"]

    def set_up(self) -> None:
        field = self.fields["terms_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _documents(lambda pack: pack.lump_payment)
        self.fields["consented_on"].initial = self.on_day


class AdvanceForm(ButtonForm):
    """What was paid before anything was asked for, and how the subscriber asked to."""

    terms_code = forms.ChoiceField(label=_("terms"))
    amount = forms.IntegerField(label=_("amount"), min_value=1, help_text=_("Yen."))
    paid_on = DayField(label=_("paid on"), help_text=_("The day on which it arrived."))
    method = forms.ChoiceField(label=_("payment method"), choices=Payment.Method.choices)
    reference = forms.CharField(
        label=_("reference"),
        max_length=80,
        help_text=_("What identifies it at the bank or collector. The same one twice is refused."),
    )
    wish = forms.CharField(label=_("how the subscriber asked for it"), max_length=200)

    def set_up(self) -> None:
        field = self.fields["terms_code"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = _documents(lambda pack: pack.advance_payment)
        self.fields["paid_on"].initial = self.on_day


def _agree(press: Press) -> Done:
    lump = agree_lump_payment(account=press.obj, by=press.by, on=press.on, **press.data)
    return Done(message=_("These months come on one invoice."), go_to=lump)


def _take(press: Press) -> Done:
    payment = take_advance(account=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("It stays on the account until an invoice takes it."), go_to=payment)


paying_otherwise_buttons = [
    Button(
        name="lump",
        label=_("Let months be paid together"),
        permission="billing.add_lumppayment",
        menu=_("More"),
        form=LumpForm,
        run=_agree,
        effects=lambda account: [
            Effect(text=_("No invoice is made before that of the last month, which asks for all of them.")),
        ],
        fields={"no_consent": "evidence", "too_few_months": "months", "no_lump_payment": "terms_code"},
    ),
    Button(
        name="advance",
        label=_("Take money in advance"),
        permission="billing.add_payment",
        menu=_("More"),
        form=AdvanceForm,
        run=_take,
        effects=lambda account: [
            Effect(
                text=_("It bears no interest. The next invoices take it; the rest is paid back as it came.")
            ),
        ],
        fields={"no_advance": "terms_code"},
    ),
]


@admin.register(LumpPayment)
class LumpPaymentAdmin(FactsAdmin):
    list_display = ["id", "account_link", "terms", "months", "consented_on", "article_link"]
    list_display_links = ["id"]
    list_filter = [DocumentFilter]
    list_select_related = ["account__subscriber"]
    fields = ["account_link", "terms", "months", "reason", "consented_on", "evidence", "article_link"]

    @admin.display(description=_("billing account"))
    def account_link(self, lump: LumpPayment) -> str:
        account: BillingAccount = lump.account
        return cells.link(account)

    @admin.display(description=_("months"), ordering="first_month")
    def months(self, lump: LumpPayment) -> str:
        return f"{lump.first_month:%Y-%m} – {lump.last_month:%Y-%m}"
