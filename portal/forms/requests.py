"""What a subscriber asks for: the fields of its kind, then the papers and the last word."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from contracts.models import Product
from contracts.papers import PaperField, paper_name
from contracts.request_fields import Asker, details_of, request_fields
from portal.answers import AskingForm
from portal.selectors import fees_of
from portal.templatetags.portal import named, yen
from terms.document import EvidenceTerms

OPERATORS = {"ground", "host_exchange", "own_convenience", "cycle_day"}
"""What the operator fills in, not the subscriber."""

_PER: dict[str, Any] = {
    Product.Per.MONTH: gettext_lazy("{product} – {fee} a month without tax"),
    Product.Per.YEAR: gettext_lazy("{product} – {fee} a year without tax"),
    Product.Per.USE: gettext_lazy("{product} – {fee} by use, without tax"),
}


class RequestForm(AskingForm):
    """The fields of one kind of request. Fees stand beside the products."""

    def __init__(self, *args: Any, asker: Asker, hints: Mapping[str, Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields = request_fields(asker)
        self.fields |= {key: field for key, field in fields.items() if key not in OPERATORS}
        for key, hint in hints.items():
            if key in self.fields:
                self.fields[key].help_text = hint
        if "postal_code" in self.fields:
            self.fields["postal_code"].widget.attrs["class"] = "short"

    def details(self) -> dict[str, Any]:
        """What was filled in, as the request keeps it."""
        return details_of(self.cleaned_data)

    def as_typed(self) -> dict[str, Any]:
        """What was typed so far, right or wrong, to begin again with."""
        return {
            name: field.widget.value_from_datadict(self.data, self.files, name)
            for name, field in self.fields.items()
        }


def with_fees(terms_code: str, on: date) -> Callable[[Product], SafeString | str]:
    """A function that names a product of the document with its fee, in yen without tax as it stands on a day."""
    fees = fees_of(Product.objects.filter(terms_code=terms_code), on)

    def name(product: Product) -> SafeString | str:
        fee = fees.get(product.pk)
        if fee is None:
            return named(product)
        return format_html(_PER[product.per], product=named(product), fee=yen(fee))

    return name


class LastWordForm(AskingForm):
    """The papers that go with it, and for what cannot be taken back the word that one means it."""

    def __init__(
        self, *args: Any, papers: Iterable[EvidenceTerms] = (), sure: str = "", **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.papers = {f"paper-{paper.code}": paper for paper in papers}
        by_code = {paper.code: paper for paper in self.papers.values()}
        for name, paper in self.papers.items():
            field = PaperField(label=paper_name(paper), required=False, article=str(paper.article))
            other = by_code.get(paper.instead_of)
            if other:
                field.label = _("%(paper)s (instead of “%(other)s”)") % {
                    "paper": field.label,
                    "other": paper_name(other),
                }
            if paper.on_demand:
                field.help_text = f"{field.help_text} {_('Only needed where we ask for it.')}"
            self.fields[name] = field
        if sure:
            self.fields["sure"] = forms.BooleanField(label=sure)

    def files_by_code(self) -> dict[str, "UploadedFile[Any]"]:
        """The copies that were added, by the document's codes."""
        return {
            paper.code: self.cleaned_data[name]
            for name, paper in self.papers.items()
            if self.cleaned_data.get(name)
        }


class PaperForm(AskingForm):
    """One more paper for a request that was sent."""

    code = forms.ChoiceField(label=gettext_lazy("Which paper"), required=False)
    title = forms.CharField(
        label=gettext_lazy("Name of the paper"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Only for another paper."),
    )
    file = PaperField(label=gettext_lazy("File"))

    def __init__(self, *args: Any, papers: Iterable[EvidenceTerms], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        wanted = [(paper.code, paper_name(paper)) for paper in papers]
        code = self.fields["code"]
        assert isinstance(code, forms.ChoiceField)
        code.choices = [*wanted, ("", _("another paper"))]
        if not wanted:
            code.widget = forms.HiddenInput()
            self.fields["title"].help_text = ""


class WithdrawalForm(AskingForm):
    """Taking a request back needs nothing but the button."""
