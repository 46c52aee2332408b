"""The forms of what staff do about the breach of a duty."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.admin.contract_forms import EndForm, SuspendForm
from contracts.guards.violation import ending_grounds, suspension_grounds
from contracts.models import ContentMeasure
from terms.article import ArticleRef
from workflow.staff.button_form import ButtonForm, ComeDayField, DayField, GroundField, ReasonForm


class RecordForm(ButtonForm):
    """Which duty, what happened, who says so."""

    duty = GroundField(label=_("duty"))
    happened_on = ComeDayField(label=_("happened on"))
    reported_by = forms.CharField(label=_("reported by"), max_length=100)
    evidence = forms.CharField(
        label=_("what happened, and the evidence"), widget=forms.Textarea(attrs={"rows": 3})
    )
    other_user = forms.CharField(
        label=_("done by"), max_length=100, required=False,
        help_text=_("Whoever used the line or the ID, where it was not the subscriber."),
    )  # fmt: skip
    due_care = forms.BooleanField(label=_("The subscriber took due care all the same"), required=False)
    claimant = forms.CharField(label=_("claimant"), max_length=100, required=False)

    def set_up(self) -> None:
        pack = self.obj.pack(self.on_day)
        duty = self.fields["duty"]
        assert isinstance(duty, GroundField)
        duty.offer(pack.duties)
        self.fields["happened_on"].initial = self.on_day
        if pack.use_by_others is None:
            del self.fields["other_user"], self.fields["due_care"]


class SuspendViolatorForm(SuspendForm):
    """As for any suspension, with the grounds that sanction the breach."""

    def set_up(self) -> None:
        pack = self.obj.contract.pack(self.on_day)
        self._offer(suspension_grounds(pack, ArticleRef.parse(self.obj.article)))
        if pack.suspension and not pack.suspension.urgent_exception:
            del self.fields["urgent"]


class EndViolatorForm(EndForm):
    """As for any ending, with the grounds that sanction the breach."""

    def set_up(self) -> None:
        pack = self.obj.contract.pack(self.on_day)
        self._offer(ending_grounds(pack, ArticleRef.parse(self.obj.article)))
        if not (pack.operator_ending and pack.operator_ending.urgent_exception):
            del self.fields["urgent"]


class MeasureForm(ReasonForm):
    """What is done to which content."""

    kind = forms.ChoiceField(label=_("measure"), widget=forms.RadioSelect)
    content = forms.CharField(
        label=_("content"), max_length=300, help_text=_("Where it stands, and what it is.")
    )

    field_order = ["kind", "content", "reason"]

    def set_up(self) -> None:
        table = self.obj.contract.pack(self.on_day).content_measures
        kinds = table.kinds if table else ()
        field = self.fields["kind"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(kind, ContentMeasure.Kind(kind).label) for kind in kinds]


class AnnounceMeasureForm(MeasureForm):
    """With the day for which it is planned."""

    planned_on = DayField(label=_("planned for"))


class TakeMeasureForm(MeasureForm):
    """With the urgency, where the document makes that exception."""

    urgent = forms.BooleanField(label=_("urgent"), required=False, help_text=_("Without prior notice."))

    def set_up(self) -> None:
        super().set_up()
        table = self.obj.contract.pack(self.on_day).content_measures
        if not (table and table.urgent_exception):
            del self.fields["urgent"]


class DamageForm(ButtonForm):
    """What it costs, and by when it is paid."""

    amount = forms.IntegerField(label=_("cost of what was lost or damaged"), help_text=_("Yen without tax."))
    pay_by = DayField(label=_("to be paid by"))

    def set_up(self) -> None:
        self.fields["pay_by"].initial = self.on_day + timedelta(days=30)
