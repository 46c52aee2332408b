"""An application for a new contract."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Product
from contracts.models.address import PREFECTURES
from portal.answers import AskingForm
from portal.forms.widgets import DayField
from portal.templatetags.portal import named


class NewContractForm(AskingForm):
    """Product, place and date. What is possible there, the service and then the reviewer say."""

    product = forms.ChoiceField(label=_("Product"), widget=forms.RadioSelect)
    postal_code = forms.CharField(
        label=_("Postal code"), max_length=8, help_text=_("Of the place where the line ends. Seven digits."),
        widget=forms.TextInput(attrs={"class": "short", "inputmode": "numeric", "autocomplete": "postal-code"}),
    )
    prefecture = forms.ChoiceField(label=_("Prefecture"), choices=[("", "")] + [(name, name) for name in PREFECTURES])
    city = forms.CharField(label=_("City"), max_length=40)
    town = forms.CharField(label=_("Town and number"), max_length=100)
    building = forms.CharField(label=_("Building and room"), max_length=100, required=False)
    parent = forms.ChoiceField(
        label=_("Beside contract"), required=False,
        help_text=_("Only for a service that needs another of your contracts, such as a telephone on a line."),
    )
    desired_on = DayField(label=_("Wished for"), required=False, help_text=_("The day on which you would like to start."))
    note = forms.CharField(label=_("Remarks"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3}))
    agreed = forms.BooleanField(label=_("I have read the terms of service of this product and agree to them."))

    def __init__(self, *args: object, products: Iterable[Product], contracts: Iterable[Contract], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]  # handed on as they came
        self.products = {product.code: product for product in products}
        choices = [(code, named(product)) for code, product in self.products.items()]
        self.fields["product"].choices = choices  # type: ignore[attr-defined]  # a ChoiceField
        beside = [("", _("none"))] + [(one.number, f"{named(one.product)} ({one.number})") for one in contracts]
        self.fields["parent"].choices = beside  # type: ignore[attr-defined]  # a ChoiceField

    def details(self) -> dict[str, object]:
        """The fields as the request keeps them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}
