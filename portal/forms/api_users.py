"""API users of the subscriber, and reports about their credentials."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import Line
from lineinfo.models import Subcontractor
from portal.answers import AskingForm
from portal.forms.widgets import DayField, needed


class ApiUserDetailsForm(AskingForm):
    """Who uses the API, and which lines they may see. Choose nothing for all lines."""

    name = forms.CharField(label=_("Full name"), max_length=60)
    organisation = forms.CharField(label=_("Company or department"), max_length=100)
    email = forms.EmailField(label=_("E-mail"))
    subcontractor = forms.ModelChoiceField(
        label=_("Staff of a subcontractor"),
        queryset=Subcontractor.objects.none(),
        required=False,
        help_text=_("Leave it empty for your own staff. Register the subcontractor first."),
    )
    whole_log = forms.BooleanField(
        label=_("May read the calls of all API users through the API"), required=False
    )
    lines = forms.ModelMultipleChoiceField(
        label=_("Your lines"),
        queryset=Line.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Choose none, and this user may see all lines of the contract."),
    )

    def __init__(
        self, *args: Any, lines: QuerySet[Line], subcontractors: QuerySet[Subcontractor], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        choice = self.fields["subcontractor"]
        assert isinstance(choice, forms.ModelChoiceField)
        choice.queryset = subcontractors
        field = self.fields["lines"]
        assert isinstance(field, forms.ModelMultipleChoiceField)
        field.queryset = lines

    def details(self) -> dict[str, object]:
        """The fields as the services take them: no line chosen means all lines."""
        chosen = list(self.cleaned_data["lines"])
        return {**self.cleaned_data, "lines": chosen or None}


class ApiUserForm(ApiUserDetailsForm):
    """The same with both consents, which must be there before anybody is registered. The service says so if not."""

    viewing_consent_on = needed(
        DayField(label=_("Day on which you agreed that this user may see your line information"))
    )
    supply_consent_on = needed(
        DayField(label=_("Day on which the user agreed that their personal data is given to us"))
    )


class SubcontractorForm(AskingForm):
    """Who it is, what it is shown, and what binds it. The service says so where that is not enough."""

    name = forms.CharField(label=_("Name of the subcontractor"), max_length=100)
    entrusted = forms.CharField(label=_("Work entrusted to it"), max_length=200)
    disclosed = forms.CharField(
        label=_("IDs and specifications shown to it"),
        max_length=200,
        help_text=_("Only what this work needs."),
    )
    duties_on = needed(DayField(label=_("Day on which you bound it by equal duties")))
    supervision = needed(forms.CharField(label=_("How you supervise it"), max_length=300))


class TheftForm(AskingForm):
    """What happened to the credential."""

    happened = forms.CharField(
        label=_("What happened"),
        help_text=_("When was it noticed, and what may have been done with it?"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


class ConfirmForm(AskingForm):
    """Nothing but the button."""
