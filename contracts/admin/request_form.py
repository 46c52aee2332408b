"""The form of a request: the fields that its kind asks for (contracts.request_kinds), made from there."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Product, Request, Subscriber
from contracts.models.address import PREFECTURES
from contracts.request_kinds import KINDS
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
    "options": _("options"),
    "parent": _("beside contract"),
    "cycle_day": _("first day of the tariff month"),
    "terminal_point": _("terminal point"),
    "postal_code": _("postal code"),
    "prefecture": _("prefecture"),
    "city": _("city"),
    "town": _("town and number"),
    "building": _("building and room"),
}
_DAYS = {"on", "ends_on", "desired_on"}
_LONG = {"note", "reason"}
_WORDS = {"add": _("add"), "drop": _("give up")}


class RequestForm(ButtonForm):
    """Fields of one kind; ``kind`` is set by ``request_form``. How it came in is asked of every request."""

    kind = ""
    form = forms.ChoiceField(label=_("Came in"), choices=Request.Form.choices, widget=forms.RadioSelect)

    def set_up(self) -> None:
        asked = KINDS[self.kind]
        for key in [*asked.needs, *asked.may]:
            self.fields[key] = self._field(key, required=key in asked.needs)
        self.fields["form"].initial = self._usual_form()

    def details(self) -> dict[str, Any]:
        """What was filled in, as the service wants it."""
        found = {
            key: value
            for key, value in self.cleaned_data.items()
            if key != "form" and value not in (None, "", [])
        }
        return {key: value.isoformat() if isinstance(value, date) else value for key, value in found.items()}

    @property
    def terms_code(self) -> str:
        """Under which document it is asked for; empty where the product decides."""
        return self.obj.terms_code if isinstance(self.obj, Contract) else ""

    def _field(self, key: str, *, required: bool) -> forms.Field:
        label = LABELS.get(key, key)
        common: dict[str, Any] = {"label": label, "required": required}
        if key in _DAYS:
            return DayField(initial=self.on_day if key == "on" else None, **common)
        if key in _LONG:
            return forms.CharField(widget=forms.Textarea(attrs={"rows": 2}), **common)
        if key == "cycle_day":
            return forms.IntegerField(min_value=1, max_value=31, initial=1, **common)
        if key == "action":
            return forms.ChoiceField(
                choices=list(_WORDS.items()), widget=forms.RadioSelect, initial="add", **common
            )
        if key == "product":
            return forms.ChoiceField(choices=self._products(self._product_kinds()), **common)
        if key == "options":
            kinds = [Product.Kind.OPTION, Product.Kind.EQUIPMENT]
            return forms.MultipleChoiceField(choices=self._products(kinds, blank=False), **common)
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

    def _products(self, kinds: Sequence[str], *, blank: bool = True) -> list[Any]:
        """The products on offer, under their documents."""
        offered = Product.objects.filter(kind__in=kinds, offered=True)
        if self.terms_code:
            offered = offered.filter(terms_code=self.terms_code)
        groups: dict[str, list[tuple[str, str]]] = {}
        for product in offered.order_by("terms_code", "code"):
            name = product.name if cells.reads_japanese() or not product.name_en else product.name_en
            groups.setdefault(product.terms_code, []).append((product.code, name))
        return [*([("", "—")] if blank else []), *groups.items()]

    def _own(self, key: str) -> str:
        """What is known already: the subscriber's own address."""
        return str(getattr(self.obj, key, "")) if isinstance(self.obj, Subscriber) else ""

    def _usual_form(self) -> str:
        """The form that the document asks for."""
        if not self.terms_code:
            return Request.Form.WRITTEN
        try:
            table = pack_for(self.terms_code, self.on_day).application
        except TermsError:
            table = None
        return Request.Form.WEB if table and table.form == "web" else Request.Form.WRITTEN


def request_form(kind: str) -> type[RequestForm]:
    """The form of requests of one kind."""
    return type(f"{kind.title().replace('_', '')}RequestForm", (RequestForm,), {"kind": kind})
