"""Asking on the page of a contract what it will be charged."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forecast import MonthForecast, forecast
from contracts.models import Contract
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, MonthField
from workflow.staff.buttons import Button, Effect, Press
from workflow.staff.panels import Panel, panel

_MOST = 12


class ForecastForm(ButtonForm):
    """Which months."""

    first = MonthField(label=_("first month"))
    months = forms.IntegerField(label=_("number of months"), min_value=1, max_value=_MOST, initial=3)

    def set_up(self) -> None:
        self.fields["first"].initial = self.on_day.replace(day=1)


def _tables(press: Press) -> Iterable[Panel]:
    found = forecast(press.obj, **press.data)
    yield panel(
        _("Forecast, month by month"),
        found,
        [
            (_("month"), lambda row: f"{row.month:%Y-%m}"),
            (_("Total without tax"), lambda row: cells.yen(row.total)),
            (_("Cannot be computed"), lambda row: row.problem or cells.EMPTY),
        ],
        shown=_MOST,
        empty=_("The subscriber has no billing account yet."),
    )
    for month in found:
        yield _charges(month)


def _charges(month: MonthForecast) -> Panel:
    columns: list[tuple[Any, Any]] = [
        (_("charge"), lambda row: row.name),
        (_("period"), lambda row: cells.span(row.period_from, row.period_to - timedelta(days=1))),
        (_("amount"), lambda row: cells.yen(row.amount)),
        (_("article"), lambda row: cells.article(row.article)),
    ]
    return panel(f"{month.month:%Y-%m}", month.charges, columns, shown=50, empty=_("No charge."))


def _formed(contract: Contract) -> bool:
    return contract.formed_on is not None


forecast_button = Button(
    name="forecast",
    label=_("Forecast charges"),
    permission="billing.change_billingrun",
    possible=_formed,
    form=ForecastForm,
    foresees=_tables,
    effects=lambda contract: [
        Effect(
            text=_("The months are rated as a billing run would, as things stand now. Nothing is written.")
        )
    ],
)
