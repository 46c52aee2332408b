"""The forms behind the buttons of an API contract."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.guards.ending import operator_grounds
from lineinfo.models import ApiContract, Subcontractor
from lineinfo.parts import Part
from lineinfo.rights import visible_contracts
from terms.document import Ground
from terms.registry import registry
from workflow.staff.button_form import ButtonForm, DayField, GroundField, ReasonForm


class ApplyForm(ButtonForm):
    """Under which document, and how the application came in."""

    terms_code = forms.ChoiceField(label=_("terms"), widget=forms.RadioSelect)
    form = forms.ChoiceField(
        label=_("Came in"),
        choices=ApiContract.Form.choices,
        widget=forms.RadioSelect,
        initial=ApiContract.Form.WRITTEN,
    )

    def set_up(self) -> None:
        field = self.fields["terms_code"]
        assert isinstance(field, forms.ChoiceField)
        packs = [registry().latest(code) for code in registry().codes()]
        field.choices = [
            (pack.code, pack.title)
            for pack in packs
            if pack.application and pack.application.same_holder_article
        ]
        field.initial = field.choices[0][0] if field.choices else None


class SanctionForm(ReasonForm):
    """A ground of the document, and the reason as the contractor reads it."""

    ground = GroundField()

    field_order = ["ground", "reason"]

    def grounds(self) -> Iterable[Ground]:
        """The grounds on offer."""
        return ()

    def set_up(self) -> None:
        field = self.fields["ground"]
        assert isinstance(field, GroundField)
        field.offer(self.grounds())


class RefuseForm(SanctionForm):
    """The grounds of refusal."""

    def grounds(self) -> Iterable[Ground]:
        table = self.obj.pack(self.on_day).application
        return table.refusal_grounds if table else ()


class SuspendForm(SanctionForm):
    """The grounds of suspension, the period, and why it cannot wait, if it cannot."""

    starts_on = DayField(label=_("first day"))
    through = DayField(label=_("last day"), required=False, help_text=_("Empty: until the breach is cured."))
    parts = forms.MultipleChoiceField(
        label=_("parts of the function"),
        choices=Part.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: the whole function."),
    )
    urgent_reason = forms.CharField(
        label=_("reason of the urgency"),
        widget=forms.Textarea(attrs={"rows": 2}),
        required=False,
        help_text=_("Only where it cannot wait for a notice: access is closed at once."),
    )

    field_order = ["ground", "reason", "parts", "starts_on", "through", "urgent_reason"]

    def grounds(self) -> Iterable[Ground]:
        table = self.obj.pack(self.on_day).suspension
        return table.grounds if table else ()


class EndForm(SanctionForm):
    """The grounds of ending by the operator, and the last day."""

    ends_on = DayField(label=_("last day"))

    field_order = ["ground", "reason", "ends_on"]

    def grounds(self) -> Iterable[Ground]:
        return operator_grounds(self.obj.pack(self.on_day))


class ContractorEndForm(ReasonForm):
    """The contractor's own declaration."""

    form = forms.ChoiceField(
        label=_("Came in"),
        choices=ApiContract.Form.choices,
        widget=forms.RadioSelect,
        initial=ApiContract.Form.WRITTEN,
    )
    ends_on = DayField(label=_("last day"))

    field_order = ["form", "ends_on", "reason"]

    def set_up(self) -> None:
        self.fields["reason"].required = False


class ApiUserForm(ButtonForm):
    """A person who may use the API, with both consents."""

    name = forms.CharField(label=_("name"), max_length=60)
    organisation = forms.CharField(label=_("organisation"), max_length=100)
    email = forms.EmailField(label=_("e-mail"))
    subcontractor = forms.ModelChoiceField(
        label=_("staff of the subcontractor"),
        queryset=Subcontractor.objects.none(),
        required=False,
        help_text=_("Empty: the contractor’s own staff."),
    )
    whole_log = forms.BooleanField(
        label=_("may read the whole log of calls"),
        required=False,
        help_text=_("The calls of every API user of the contract, not only their own."),
    )
    viewing_consent_on = DayField(
        label=_("contractor’s consent to viewing"), required=False, help_text=_("The day of the consent.")
    )
    supply_consent_on = DayField(
        label=_("User’s consent to the supply of personal data"),
        required=False,
        help_text=_("The day of the consent."),
    )
    lines = forms.MultipleChoiceField(
        label=_("Only these lines"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None ticked: all lines of the contractor."),
    )

    def set_up(self) -> None:
        contract = self.obj if isinstance(self.obj, ApiContract) else self.obj.api_contract
        subcontractor = self.fields["subcontractor"]
        assert isinstance(subcontractor, forms.ModelChoiceField)
        subcontractor.queryset = contract.subcontractors.filter(ended_on=None)
        field = self.fields["lines"]
        assert isinstance(field, forms.MultipleChoiceField)
        visible = visible_contracts(api_contract=contract, on=self.on_day).order_by("line__number")[:500]
        field.choices = [
            (str(each.line_id), f"{each.line.number} {each.line.full_address}")
            for each in visible
            if each.line
        ]


class ChangeApiUserForm(ApiUserForm):
    """What may change of a registered user; the consents stay."""

    def set_up(self) -> None:
        super().set_up()
        del self.fields["viewing_consent_on"], self.fields["supply_consent_on"]
        for name in ("name", "organisation", "email", "subcontractor", "whole_log"):
            self.fields[name].initial = getattr(self.obj, name)
        if not self.obj.all_lines:
            self.fields["lines"].initial = [str(pk) for pk in self.obj.lines.values_list("pk", flat=True)]
