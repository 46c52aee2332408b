"""Estimating, on the page of a metered contract, the use of days that the meter missed."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.services.estimate_usage import estimate_usage
from contracts.models import Contract, Product
from terms.rules.metering_estimate import MeteringEstimate
from workflow.staff.button_form import DayField, ReasonForm, today
from workflow.staff.buttons import Button, Done, Effect, Press


class EstimateForm(ReasonForm):
    """Which days, and what was measured before them."""

    first = DayField(
        label=_("first day not measured"),
        help_text=_("Where it is not certain, the day from which the failure is found to have been."),
    )
    last = DayField(label=_("last day not measured"))
    measured_before = forms.IntegerField(
        label=_("measured in that month before"),
        required=False,
        min_value=0,
        help_text=_("Yen without tax. Only where less than a year of use is on record."),
    )

    field_order = ["first", "last", "measured_before", "reason"]


def _estimate(press: Press) -> Done:
    usages = estimate_usage(contract=press.obj, by=press.by, at=press.at, **press.data)
    return Done(
        message=_("Estimated at %(yen)s yen without tax; it is charged with its month.")
        % {"yen": f"{sum(usage.estimated for usage in usages):,}"}
    )


def _is_metered(contract: Contract) -> bool:
    metered = contract.product.per == Product.Per.USE
    return bool(metered and contract.service_start and contract.pack(today()).has(MeteringEstimate))


estimate_button = Button(
    name="estimate-usage",
    label=_("Estimate use that was not measured"),
    permission="billing.add_usage",
    possible=_is_metered,
    form=EstimateForm,
    run=_estimate,
    effects=lambda contract: [
        Effect(
            text=_("These days are charged at the average that the document names, on a line of their own."),
            article=contract.pack(today()).rule(MeteringEstimate).article,
        ),
        Effect(text=_("What is measured of the month comes beside it, from the file of the month.")),
    ],
)
