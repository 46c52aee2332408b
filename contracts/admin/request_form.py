"""The form of a request: the fields that its kind asks for (contracts.kinds), made from there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.kinds import KINDS
from contracts.models import Contract, Product, Request, Subscriber, SubscriberChange
from contracts.models.address import PREFECTURES
from contracts.selectors import live_contracts
from terms.errors import TermsError
from terms.registry import pack_for
from workflow.staff import cells
from workflow.staff.button_form import ButtonForm, DayField

LABELS = {
    "product": _("product"),
    "action": _("What"),
    "on": _("from"),
    "ends_on": _("last day"),
    "desired_on": _("Wished day"),
    "reason": _("reason"),
    "ground": _("ground"),
    "note": _("note"),
    "host_exchange": _("host exchange"),
    "same_building": _("in the same premises or building"),
    "unusable_from": _("unusable from"),
    "own_convenience": _("at the subscriber’s convenience"),
    "options": _("options"),
    "parent": _("beside contract"),
    "cycle_day": _("first day of the tariff month"),
    "terminal_point": _("terminal point"),
    "transferee": _("Transferee’s subscriber number"),
    "cause": _("cause"),
    "successors": _("successors"),
    "representative": _("representative’s subscriber number"),
    "name": _("name"),
    "name_kana": _("name in kana"),
    "postal_code": _("postal code"),
    "prefecture": _("prefecture"),
    "city": _("city"),
    "town": _("town and number"),
    "building": _("building and room"),
}
_DAYS = {"on", "ends_on", "desired_on", "unusable_from"}
_FLAGS = {"same_building", "own_convenience"}
_LONG = {"note", "reason"}
_WORDS = {"add": _("add"), "drop": _("give up")}


class NumbersField(forms.CharField):
    """Several numbers, with spaces or commas between them."""

    def to_python(self, value: Any) -> list[str]:  # type: ignore[override]  # a list, where CharField has a text
        return (super().to_python(value) or "").replace("、", " ").replace(",", " ").split()


class RequestForm(ButtonForm):
    """Fields of one kind; ``kind`` and ``terms_code`` are set by ``request_form``. How it came in is always asked."""

    kind = ""
    terms_code = ""
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        if isinstance(self.obj, Contract):
            self.terms_code = self.obj.terms_code
        asked = KINDS[self.kind]
        for key in [*asked.needs, *asked.may]:
            self.fields[key] = self._field(key, required=key in asked.needs)
        for key in ("parent", "options"):
            # Where there is nothing to choose from, nothing is asked.
            field = self.fields.get(key)
            if isinstance(field, forms.ChoiceField) and not [code for code, _name in field.choices if code]:  # type: ignore[misc, union-attr]  # a list of pairs
                del self.fields[key]
        self.fields["form"].initial = self._usual_form()

    def details(self) -> dict[str, Any]:
        """What was filled in, as the service wants it."""
        found = {
            key: value
            for key, value in self.cleaned_data.items()
            if key != "form" and value not in (None, "", [], False)
        }
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()}

    def _field(self, key: str, *, required: bool) -> forms.Field:
        label = LABELS.get(key, key)
        common: dict[str, Any] = {"label": label, "required": required}
        if key in _DAYS:
            return DayField(initial=self.on_day if key == "on" else None, **common)
        if key in _FLAGS:
            return forms.BooleanField(label=label, required=False)
        if key in _LONG:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **common)
        if key == "cycle_day":
            return forms.IntegerField(min_value=1, max_value=31, initial=1, **common)
        if key == "action":
            return forms.ChoiceField(
                choices=list(_WORDS.items()), widget=forms.RadioSelect, initial="add", **common
            )
        if key == "cause":
            causes = [pair for pair in SubscriberChange.Cause.choices if pair[0] != "transfer"]
            return forms.ChoiceField(choices=causes, **common)
        if key == "successors":
            return NumbersField(
                help_text=_("Their subscriber numbers, separated by spaces; the first is dealt with."),
                **common,
            )
        if key == "product":
            return forms.ChoiceField(choices=[("", "—"), *self._products(*self._product_kinds())], **common)
        if key == "options":
            offered = self._products(Product.Kind.OPTION, Product.Kind.EQUIPMENT)
            return forms.MultipleChoiceField(choices=offered, widget=forms.CheckboxSelectMultiple, **common)
        if key == "parent":
            return forms.ChoiceField(choices=[("", "—"), *self._contracts_beside()], **common)
        if key == "prefecture":
            return forms.ChoiceField(
                choices=[("", "—"), *((name, name) for name in PREFECTURES)], initial=self._own(key), **common
            )
        return forms.CharField(max_length=200, initial=self._own(key), **common)

    def _product_kinds(self) -> Sequence[str]:
        return {
            Request.Kind.OPTION: [Product.Kind.OPTION],
            Request.Kind.EQUIPMENT: [Product.Kind.EQUIPMENT],
        }.get(Request.Kind(self.kind), [Product.Kind.BASE])  # fmt: skip

    def _products(self, *kinds: str) -> list[tuple[str, str]]:
        """The products on offer under the document."""
        offered = Product.objects.filter(terms_code=self.terms_code, kind__in=kinds, offered=True).order_by(
            "code"
        )
        english = not cells.reads_japanese()
        return [(product.code, (english and product.name_en) or product.name) for product in offered]

    def _contracts_beside(self) -> list[tuple[str, str]]:
        """The subscriber's contracts beside which one under the document may stand."""
        if not isinstance(self.obj, Subscriber):
            return []
        needed = (
            Product.objects.filter(terms_code=self.terms_code).exclude(beside_terms="").values("beside_terms")
        )
        found = (
            live_contracts(self.obj)
            .filter(terms_code__in=needed)
            .select_related("product")
            .order_by("number")
        )
        return [(contract.number, f"{contract.number} {contract.product}") for contract in found]

    def _own(self, key: str) -> str:
        """What is known already: the subscriber's own address."""
        return str(getattr(self.obj, key, "")) if isinstance(self.obj, Subscriber) else ""

    def _usual_form(self) -> str:
        """The form that the document asks for."""
        if not self.terms_code:
            return Request.Form.WRITTEN
        try:
            terms = KINDS[self.kind].terms(pack_for(self.terms_code, self.on_day))
        except TermsError:
            terms = None
        return Request.Form.WEB if terms and terms.form == "web" else Request.Form.WRITTEN


def request_form(kind: str, *, terms_code: str = "") -> type[RequestForm]:
    """The form of requests of one kind; for a new contract, under one document."""
    name = f"{kind.title().replace('_', '')}RequestForm"
    return type(name, (RequestForm,), {"kind": kind, "terms_code": terms_code})
