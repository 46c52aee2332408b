"""Asking above the list of runs what a month would come to."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import Charge
from billing.shadow import Shadow, shadow_run
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, MonthField
from workflow.staff.buttons import Button, Effect, Press
from workflow.staff.panels import Panel, panel

_MOST = 10_000


class ShadowForm(ButtonForm):
    """Which month, and of how many accounts: the page waits for the answer."""

    month = MonthField(label=_("billing month"))
    accounts = forms.IntegerField(
        label=_("number of accounts"),
        min_value=1,
        max_value=_MOST,
        initial=1000,
        help_text=_("The first ones. For all of them run “manage.py shadow_run” in a terminal."),
    )

    def set_up(self) -> None:
        self.fields["month"].initial = self.on_day.replace(day=1)


def _tables(press: Press) -> Iterable[Panel]:
    month = press.data["month"]
    *_rest, shadow = [Shadow(month), *shadow_run(month, most=press.data["accounts"])]
    kinds = dict(Charge.Kind.choices)
    yield panel(
        _("Shadow run"),
        shadow.rows(),
        [
            (_("terms"), lambda row: cells.document(row[0][0])),
            (_("kind"), lambda row: kinds[row[0][1]]),
            (_("charges"), lambda row: cells.number(row[1].count)),
            (_("Total without tax"), lambda row: cells.yen(row[1].amount)),
            (_("as charged"), lambda row: cells.yen(row[2].amount)),
            (_("Difference"), lambda row: cells.yen(row[1].amount - row[2].amount)),
        ],
        shown=100,
        empty=_("No charge."),
        note=_("%(count)s contracts. What is charged once and was charged already is left out.")
        % {"count": f"{shadow.contracts:,}"},
    )
    yield panel(
        _("parked contracts"),
        shadow.parked.most_common(),
        [(_("reason"), lambda row: row[0]), (_("contracts"), lambda row: cells.number(row[1]))],
        shown=50,
        empty=_("None: every contract could be rated."),
    )


shadow_button = Button(
    name="shadow",
    label=_("Shadow run"),
    permission="billing.add_billingrun",
    form=ShadowForm,
    foresees=_tables,
    effects=lambda obj: [
        Effect(
            text=_(
                "A month, past or to come, is rated as a run would, as things stand now. Nothing is written."
            )
        )
    ],
)
