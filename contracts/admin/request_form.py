"""The form of a request: the fields that its kind asks for, and how it came in."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.kinds import KINDS
from contracts.models import Contract, Product, Request
from contracts.request_fields import Asker, details_of, request_fields
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm


class RequestForm(ButtonForm):
    """Fields of one kind; ``kind`` and ``terms_code`` are set by ``request_form``. How it came in is always asked."""

    kind = ""
    terms_code = ""
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        contract = self.obj if isinstance(self.obj, Contract) else None
        self.terms_code = contract.terms_code if contract else self.terms_code
        asker = Asker(
            kind=self.kind,
            terms_code=self.terms_code,
            subscriber=contract.subscriber if contract else self.obj,
            contract=contract,
            on=self.on_day,
            named=_named,
        )
        self.fields |= request_fields(asker)
        self.fields["form"].initial = self._usual_form()

    def details(self) -> dict[str, Any]:
        """What was filled in, as the service wants it."""
        return details_of({key: value for key, value in self.cleaned_data.items() if key != "form"})

    def _usual_form(self) -> str:
        """The form that the document asks for."""
        try:
            terms = KINDS[self.kind].terms(pack_for(self.terms_code, self.on_day))
        except TermsError:
            terms = None
        return Request.Form.WEB if terms and terms.form == "web" else Request.Form.WRITTEN


def request_form(kind: str, *, terms_code: str = "") -> type[RequestForm]:
    """The form of requests of one kind; for a new contract, under one document."""
    name = f"{kind.title().replace('_', '')}RequestForm"
    return type(name, (RequestForm,), {"kind": kind, "terms_code": terms_code})


def _named(product: Product) -> str:
    return product.name if cells.reads_japanese() else product.name_en or product.name
