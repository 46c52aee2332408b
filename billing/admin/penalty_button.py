"""Charging a penalty on the page of a contract."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.services.charge_penalty import charge_penalty
from contracts.models import Contract
from terms.rules.penalty import Penalty
from workflow.staff.button_form import ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press


class PenaltyForm(ReasonForm):
    """What was evaded."""

    evaded = forms.IntegerField(label=_("evaded sum"), min_value=1, help_text=_("Yen without tax."))
    taxable = forms.BooleanField(label=_("The evaded charge bears tax"), required=False, initial=True)
    reference = forms.CharField(
        label=_("reference"), max_length=40, help_text=_("Tells one evasion from another.")
    )

    field_order = ["evaded", "taxable", "reference", "reason"]


def _charge(press: Press) -> Done:
    charges = charge_penalty(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(message=_("The penalty waits for the next invoice."), go_to=charges[-1])


def _has_penalty(contract: Contract) -> bool:
    pack = contract.pack(today())
    return bool(contract.formed_on and pack.has(Penalty) and pack.rule(Penalty).multiple)


penalty_button = Button(
    name="penalty",
    label=_("Charge a penalty"),
    permission="billing.add_charge",
    possible=_has_penalty,
    look="danger",
    form=PenaltyForm,
    run=_charge,
    effects=lambda contract: [
        Effect(
            text=_("The evaded sum and the penalty on it come with the next invoice."),
            article=contract.pack(today()).rule(Penalty).article,
        )
    ],
)
