"""How a customer wants to pay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.models import BillingAccount
from billing.services.choose_letters import comes_by_post
from billing.services.open_account import methods_for
from portal.answers import AskingForm


class MeansForm(AskingForm):
    """One of the ways that can be chosen without a paper."""

    method = forms.ChoiceField(label=_("How you pay"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, account: BillingAccount | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["method"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(method.value, method.label) for method in methods_for(account)]
        field.initial = account.method if account else None


class SendingForm(AskingForm):
    """By e-mail or by post."""

    way = forms.ChoiceField(
        label=_("How your invoices come"),
        choices=[("email", _("by e-mail")), ("post", _("by post"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, account: BillingAccount, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["way"].initial = "post" if comes_by_post(account) else "email"
