"""What a subscriber asks for about a contract."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import Product
from portal.answers import AskingForm
from portal.forms.widgets import DayField


class DayForm(AskingForm):
    """From a day on: a pause, a resumption."""

    on = DayField(label=_("From what day"), help_text=_("The first day."))
    note = forms.CharField(
        label=_("Remarks"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CancellationForm(AskingForm):
    """Before the service has started."""

    reason = forms.CharField(
        label=_("Reason"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )


class OptionForm(AskingForm):
    """An option that is added from a day on, or dropped."""

    product = forms.ModelChoiceField(label=_("Option"), queryset=Product.objects.none(), to_field_name="code")
    action = forms.ChoiceField(
        label=_("What is wished"),
        choices=[("add", _("add it")), ("drop", _("give it up"))],
        widget=forms.RadioSelect,
    )
    on = DayField(label=_("From what day"))

    def __init__(self, *args: Any, options: QuerySet[Product], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["product"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = options


class WithdrawalForm(AskingForm):
    """Taking a request back needs nothing but the button."""
