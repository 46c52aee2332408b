"""Recording that a subscriber objects to another fee."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.fee_changes import fees_to_object_to
from billing.models import TariffPrice
from billing.services.record_fee_objection import record_fee_objection
from contracts.models import Contract, Request
from contracts.models.contract import RUNNING_STATES
from terms.rules.terms_objection import TermsObjection
from workflow.days import days_in_words
from workflow.staff.button_form import ButtonForm, ComeMomentField, today
from workflow.staff.buttons import Button, Done, Effect, Press


class FeeObjectionForm(ButtonForm):
    """To which fee, and how and when it came in."""

    price = forms.ChoiceField(label=_("price"), widget=forms.RadioSelect)
    received_at = ComeMomentField(label=_("received at"))
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        field = self.fields["price"]
        assert isinstance(field, forms.ChoiceField)
        self.prices = {str(price.pk): price for price in fees_to_object_to(self.obj, on=self.on_day)}
        field.choices = [
            (key, days_in_words(f"{price.tariff}：{price}")) for key, price in self.prices.items()
        ]
        self.fields["form"].initial = Request.Form.WRITTEN

    def clean_price(self) -> TariffPrice:
        return self.prices[self.cleaned_data["price"]]


def _object(press: Press) -> Done:
    ending = record_fee_objection(contract=press.obj, by=press.by, **press.data)
    return Done(
        message=_("The objection is on record; the contract ends on the day of the change."), go_to=ending
    )


def _effects(contract: Contract) -> Iterable[Effect]:
    yield Effect(
        text=_("The contract ends with the day from which the fee applies."),
        article=contract.pack(today()).rule(TermsObjection).article,
    )


fee_objection_button = Button(
    name="fee-objection",
    label=_("Record an objection to another fee"),
    permission="contracts.add_request",
    menu=_("More"),
    possible=lambda contract: (
        contract.state in RUNNING_STATES and fees_to_object_to(contract, on=today()).exists()
    ),
    form=FeeObjectionForm,
    run=_object,
    effects=_effects,
    fields={"objection_too_late": "received_at"},
)
