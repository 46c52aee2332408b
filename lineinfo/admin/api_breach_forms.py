"""The forms behind the buttons of breaches, subcontractors and damages under the API terms."""

from collections.abc import Iterable
from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.guards.violation import suspension_grounds
from lineinfo.admin.api_contract_forms import SuspendForm
from lineinfo.models import ApiDamageClaim, ApiUser, Subcontractor
from terms.article import ArticleRef
from terms.document import Ground
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, GroundField, ReasonForm


class SubcontractorForm(ButtonForm):
    """Who it is, what it is shown, and what binds it."""

    name = forms.CharField(label=_("name"), max_length=100)
    entrusted = forms.CharField(label=_("work entrusted"), max_length=200)
    disclosed = forms.CharField(
        label=_("what is disclosed"),
        max_length=200,
        help_text=_("The IDs and the parts of the specification that this work needs, and no more."),
    )
    duties_on = DayField(label=_("bound by equal duties on"), required=False)
    supervision = forms.CharField(label=_("how it is supervised"), max_length=300, required=False)


class BreachForm(ButtonForm):
    """Which duty, what happened, and who did it."""

    duty = GroundField(label=_("duty"))
    happened_on = ComeDayField(label=_("happened on"))
    evidence = forms.CharField(
        label=_("what happened, and the evidence"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("In Japanese, as the contractor will read it."),
    )
    api_user = forms.ModelChoiceField(
        label=_("done by the API user"), queryset=ApiUser.objects.none(), required=False
    )
    subcontractor = forms.ModelChoiceField(
        label=_("done by the subcontractor"), queryset=Subcontractor.objects.none(), required=False
    )

    def set_up(self) -> None:
        duty = self.fields["duty"]
        assert isinstance(duty, GroundField)
        duty.offer(self.obj.pack(self.on_day).duties)
        for name, offered in (("api_user", self.obj.api_users), ("subcontractor", self.obj.subcontractors)):
            field = self.fields[name]
            assert isinstance(field, forms.ModelChoiceField)
            field.queryset = offered.all()
        self.fields["happened_on"].initial = self.on_day


class SuspendForBreachForm(SuspendForm):
    """As for any suspension, with the grounds that sanction the breach."""

    def grounds(self) -> Iterable[Ground]:
        return suspension_grounds(self.obj.api_contract.pack(self.on_day), ArticleRef.parse(self.obj.article))


class ClaimForm(ButtonForm):
    """Whose fault, which damage, how much."""

    fault = forms.ChoiceField(
        label=_("fault found"), choices=ApiDamageClaim.Fault.choices, widget=forms.RadioSelect
    )
    happened = forms.CharField(
        label=_("what happened, and the damage"), widget=forms.Textarea(attrs={"rows": 3})
    )
    amount = forms.IntegerField(label=_("amount in yen"))
    pay_by = DayField(label=_("to be paid by"))

    def set_up(self) -> None:
        self.fields["pay_by"].initial = self.on_day + timedelta(days=30)


class ReceiveClaimForm(ButtonForm):
    """What the contractor claims."""

    happened = forms.CharField(
        label=_("what happened, and the damage"), widget=forms.Textarea(attrs={"rows": 3})
    )
    amount = forms.IntegerField(label=_("amount in yen"))


class AnswerClaimForm(ReasonForm):
    """Whose fault it was found to be: the document says what follows."""

    fault = forms.ChoiceField(
        label=_("fault found"), choices=ApiDamageClaim.Fault.choices, widget=forms.RadioSelect
    )

    field_order = ["fault", "reason"]
