"""An application for a new contract."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Product
from contracts.models.address import PREFECTURES
from portal.answers import AskingForm
from portal.forms.widgets import DayField
from portal.selectors import Offer
from portal.templatetags.portal import named, yen

_PER: dict[str, Any] = {
    Product.Per.MONTH: _("{product} – {fee} a month without tax"),
    Product.Per.YEAR: _("{product} – {fee} a year without tax"),
    Product.Per.USE: _("{product} – {fee} by use, without tax"),
}


class NewContractForm(AskingForm):
    """Product, place and date. What is possible there, the service and then the reviewer say."""

    product = forms.ChoiceField(label=_("Product"), widget=forms.RadioSelect)
    postal_code = forms.CharField(
        label=_("Postal code"),
        max_length=8,
        help_text=_("Of the place where the line ends. Seven digits."),
        widget=forms.TextInput(
            attrs={"class": "short", "inputmode": "numeric", "autocomplete": "postal-code"}
        ),
    )
    prefecture = forms.ChoiceField(
        label=_("Prefecture"), choices=[("", "")] + [(name, name) for name in PREFECTURES]
    )
    city = forms.CharField(label=_("City"), max_length=40)
    town = forms.CharField(label=_("Town and number"), max_length=100)
    building = forms.CharField(label=_("Building and room"), max_length=100, required=False)
    parent = forms.ChoiceField(
        label=_("Beside contract"),
        required=False,
        help_text=_(
            "Only for a service that needs another of your contracts, such as a telephone on a line."
        ),
    )
    desired_on = DayField(
        label=_("Wished for"), required=False, help_text=_("The day on which you would like to start.")
    )
    note = forms.CharField(
        label=_("Remarks"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    agreed = forms.BooleanField(
        label=_("I have read the terms of service of this product and agree to them.")
    )

    def __init__(
        self, *args: Any, offers: Iterable[Offer], contracts: Iterable[Contract], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.offers = list(offers)
        self.products = {product.code: product for offer in self.offers for product, _fee in offer.products}
        _choose(self.fields["product"], [(offer.pack.title, _labels(offer)) for offer in self.offers])
        beside = [(one.number, f"{named(one.product)} ({one.number})") for one in contracts]
        _choose(self.fields["parent"], [("", _("none")), *beside])

    def details(self) -> dict[str, object]:
        """The fields as the request keeps them."""
        return {name: value for name, value in self.cleaned_data.items() if name != "agreed"}


def _choose(field: forms.Field, choices: list[Any]) -> None:
    assert isinstance(field, forms.ChoiceField)
    field.choices = choices


def _labels(offer: Offer) -> list[tuple[str, SafeString | str]]:
    """Each product with its fee."""
    return [
        (
            product.code,
            named(product)
            if fee is None
            else format_html(_PER[product.per], product=named(product), fee=yen(fee)),
        )
        for product, fee in offer.products
    ]
