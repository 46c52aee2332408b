"""The forms of what staff start from the page of a contract."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.work_items import work_items
from contracts.guards.acceleration import acceleration_grounds
from contracts.guards.ending import operator_grounds
from contracts.guards.instalments import takes_instalments
from contracts.models import Contract, Request, Work
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, GroundField, MomentField


class OpenForm(ButtonForm):
    """The day on which the service starts."""

    on = ComeDayField(label=_("First day of the service"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


class SwitchForm(ButtonForm):
    """The day on which the line moved."""

    on = ComeDayField(label=_("Moved on"))

    def set_up(self) -> None:
        self.fields["on"].initial = self.on_day


def contract_of(obj: Contract | Request) -> Contract:
    """The contract itself, or the one that a request is about."""
    found = obj.contract if isinstance(obj, Request) else obj
    assert found is not None
    return found


class PlanWorkForm(ButtonForm):
    """What is built, when, and how it is paid."""

    kind = forms.ChoiceField(label=_("kind"), choices=Work.Kind.choices)
    planned_at = MomentField(label=_("planned for"))
    items = forms.MultipleChoiceField(
        label=_("parts"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The fee is computed from them when the work is done."),
    )
    due_on = DayField(label=_("to be done by"), required=False)
    appointed = forms.BooleanField(label=_("at an appointed time"), required=False)
    instalments = forms.BooleanField(label=_("paid in instalments"), required=False)

    def set_up(self) -> None:
        contract = contract_of(self.obj)
        items = self.fields["items"]
        assert isinstance(items, forms.MultipleChoiceField)
        items.choices = work_items(contract.terms_code)
        # A relocation that is planned as another kind would leave the balance of the instalments unasked for.
        asked = self.obj.kind if isinstance(self.obj, Request) else ""
        if asked in Work.Kind.values:
            self.fields["kind"].initial = asked
        elif contract.state == Contract.State.ACCEPTED:
            self.fields["kind"].initial = Work.Kind.OPENING
        if takes_instalments(contract.pack(self.on_day), asked=self.on_day):
            del self.fields["instalments"]


class SanctionForm(ButtonForm):
    """A ground of the document, the reason as the subscriber reads it, and whether it is urgent."""

    ground = GroundField()
    reason = forms.CharField(
        label=_("reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=1000,
        help_text=_("As the subscriber will read it in the notice."),
    )
    urgent = forms.BooleanField(
        label=_("urgent"),
        required=False,
        help_text=_("Without prior notice. State in the reason why it is urgent."),
    )

    def _offer(self, grounds: Any) -> None:
        field = self.fields["ground"]
        assert isinstance(field, GroundField)
        field.offer(grounds)


class SuspendForm(SanctionForm):
    """A suspension: from when to when."""

    starts_on = DayField(label=_("first day"))
    through = DayField(
        label=_("last day"),
        required=False,
        help_text=_("Leave it empty for a ground that lasts until the debt is paid."),
    )

    field_order = ["ground", "reason", "starts_on", "through", "urgent"]

    def set_up(self) -> None:
        table = self.obj.pack(self.on_day).suspension
        self._offer(table.grounds if table else [])
        if table and not table.urgent_exception:
            del self.fields["urgent"]

    def clean(self) -> dict[str, object]:
        return {"urgent": False, **self.cleaned_data}


class EndForm(SanctionForm):
    """An ending by the operator: the last day of the contract."""

    ends_on = DayField(label=_("Last day of the contract"))

    field_order = ["ground", "reason", "ends_on", "urgent"]

    def set_up(self) -> None:
        pack = self.obj.pack(self.on_day)
        self._offer(operator_grounds(pack))
        if not (pack.operator_ending and pack.operator_ending.urgent_exception):
            del self.fields["urgent"]

    def clean(self) -> dict[str, object]:
        return {"urgent": False, **self.cleaned_data}


class AccelerateForm(SanctionForm):
    """On which ground everything falls due, and since when that ground is met."""

    since = DayField(
        label=_("ground met on"),
        help_text=_("The day that counts, such as that of the petition to the court."),
    )

    field_order = ["ground", "reason", "since"]

    def set_up(self) -> None:
        del self.fields["urgent"]
        self._offer(acceleration_grounds(self.obj.pack(self.on_day)))
        self.fields["since"].initial = self.on_day
