"""The subscriber ends a contract."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.answers import AskingForm
from portal.forms.widgets import DayField


class LastDayForm(AskingForm):
    """The last day that is wished for: enough to say what it means."""

    ends_on = DayField(label=_("Last day"), help_text=_("The last day on which you use the service."))


class EndingForm(AskingForm):
    """The declaration itself. The day was chosen before, and is shown beside it."""

    ends_on = DayField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    sure = forms.BooleanField(
        label=_("I have read what it costs, and end the contract on this day. It cannot be taken back here.")
    )
