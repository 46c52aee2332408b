"""The form fields of a kind of request, made from what ``contracts.kinds`` asks for: a new kind has its form by itself.

What a field looks like follows from its check, and for a few keys from what they name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from contracts.kinds import kind_of
from contracts.kinds.details import Check, OneOf, codes, cycle_day, day, flag, prefecture
from contracts.models import Contract, Product, Request, Subscriber
from contracts.models.address import PREFECTURES
from contracts.request_words import CHOICES, HELP, label_of
from contracts.selectors import live_contracts
from terms.registry import pack_for

_LONG = {"note", "reason"}
_OF_GROUPS = {"group", "consents_to_representative"}
_OF_MOVES = {"moved_by", "approval_number", "provider", "discounted_since"}
_KINDS_OF_PRODUCT: Mapping[str, list[str]] = {
    Request.Kind.OPTION: [Product.Kind.OPTION],
    Request.Kind.EQUIPMENT: [Product.Kind.EQUIPMENT],
}
_AUTOCOMPLETE = {
    "postal_code": "postal-code",
    "prefecture": "address-level1",
    "city": "address-level2",
    "town": "address-line1",
    "building": "address-line2",
}


@dataclass(frozen=True, kw_only=True)
class Asker:
    """Who asks for what: the kind, under which document, about which contract (None for a new one), on which day.

    ``named`` says what a product is called in a choice.
    """

    kind: str
    terms_code: str
    subscriber: Subscriber
    contract: Contract | None
    on: date
    named: Callable[[Product], Any] = str


def request_fields(asker: Asker) -> dict[str, forms.Field]:
    """The fields in the order of the kind. Where there is nothing to choose from, an optional field is left out."""
    kind = kind_of(asker.kind)
    pack = pack_for(asker.terms_code, asker.on, earliest=True)
    unknown: set[str] = set()
    unknown |= set() if pack.line_groups else _OF_GROUPS
    unknown |= set() if pack.provider_change else _OF_MOVES
    fields = {
        key: _field(asker, key, check, required=key in kind.needs)
        for key, check in {**kind.needs, **kind.may}.items()
        if key not in unknown
    }
    return {key: field for key, field in fields.items() if field.required or not _is_empty(field)}


def details_of(cleaned: Mapping[str, Any]) -> dict[str, Any]:
    """What was filled in, as the services want it: plain JSON, without what was left empty."""
    return {
        key: value.isoformat() if isinstance(value, date) else value
        for key, value in cleaned.items()
        if value not in (None, "", [], False)
    }


def products_for(kind: str, terms_code: str, contract: Contract | None) -> list[Product]:
    """The products that a request of the kind can name: those on offer, except the one it has; and those to be given up."""
    kinds = _KINDS_OF_PRODUCT.get(kind)
    offered = Q(offered=True, kind__in=kinds or [Product.Kind.BASE])
    if kinds and contract is not None:
        offered |= Q(pk__in=_carried(contract), kind__in=kinds)
    found = Product.objects.filter(offered, terms_code=terms_code).distinct().order_by("code")
    return [product for product in found if contract is None or product.pk != contract.product_id]


def _carried(contract: Contract) -> QuerySet[Product]:
    """The options and equipment that can be given up: one that is halted runs to its last day, but may go sooner."""
    open_ = Q(ends_on=None) | Q(halt__isnull=False, halt__done_on=None)
    return Product.objects.filter(pk__in=contract.options.filter(open_).values("product"))


def _field(asker: Asker, key: str, check: Check, *, required: bool) -> forms.Field:
    common: dict[str, Any] = {
        "label": capfirst(str(label_of(key))),
        "required": required,
        "help_text": HELP.get(key, ""),
    }
    if check is day:
        return forms.DateField(
            widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
            input_formats=["%Y-%m-%d", "%Y/%m/%d"],
            initial=asker.on if key == "on" else None,
            **common,
        )
    if check is flag:
        return forms.BooleanField(**{**common, "required": False})
    if check is cycle_day:
        return forms.IntegerField(min_value=1, max_value=31, initial=1, **common)
    if isinstance(check, OneOf):
        choices = [(word, capfirst(str(CHOICES.get(word, word)))) for word in check.choices]
        return forms.ChoiceField(
            choices=choices, widget=forms.RadioSelect, initial="add" if key == "action" else None, **common
        )
    if key in ("product", "options", "parent"):
        return _choice(asker, key, common)
    if check is codes:
        return _Words(widget=forms.Textarea(attrs={"rows": 3}), **common)
    if check is prefecture:
        return forms.ChoiceField(
            choices=[("", "—"), *((name, name) for name in PREFECTURES)],
            widget=forms.Select(attrs={"autocomplete": _AUTOCOMPLETE[key]}),
            initial=_own(asker, key),
            **common,
        )
    if key in _LONG:
        return forms.CharField(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, **common)
    attrs = {"autocomplete": _AUTOCOMPLETE[key]} if key in _AUTOCOMPLETE else {}
    if key == "postal_code":
        attrs |= {"inputmode": "numeric"}
    return forms.CharField(
        max_length=200, widget=forms.TextInput(attrs=attrs), initial=_own(asker, key), **common
    )


class _Words(forms.CharField):
    """Several words or numbers, separated by spaces, commas or lines."""

    def to_python(self, value: Any) -> Any:
        return (super().to_python(value) or "").replace("、", " ").replace(",", " ").split()

    def prepare_value(self, value: Any) -> Any:
        return "\n".join(value) if isinstance(value, list) else value


def _choice(asker: Asker, key: str, common: dict[str, Any]) -> forms.Field:
    if key == "parent":
        return forms.ChoiceField(choices=[("", "—"), *_contracts_beside(asker)], **common)
    if key == "product":
        offered = products_for(asker.kind, asker.terms_code, asker.contract)
        return forms.ChoiceField(choices=_named(asker, offered), widget=forms.RadioSelect, **common)
    extras = [
        *products_for(Request.Kind.OPTION, asker.terms_code, None),
        *products_for(Request.Kind.EQUIPMENT, asker.terms_code, None),
    ]
    return forms.MultipleChoiceField(
        choices=_named(asker, extras), widget=forms.CheckboxSelectMultiple, **common
    )


def _named(asker: Asker, products: list[Product]) -> list[tuple[Any, Any]]:
    has = set(_carried(asker.contract).values_list("pk", flat=True)) if asker.contract else set()
    kept = [(one.code, asker.named(one)) for one in products if one.pk in has]
    others = [(one.code, asker.named(one)) for one in products if one.pk not in has]
    return [(_("What there is already"), kept), (_("On offer"), others)] if kept else others


def _contracts_beside(asker: Asker) -> list[tuple[str, str]]:
    """The subscriber's contracts beside which one under the document may stand."""
    needed = (
        Product.objects.filter(terms_code=asker.terms_code).exclude(beside_terms="").values("beside_terms")
    )
    found = live_contracts(asker.subscriber).filter(terms_code__in=needed).select_related("product")
    return [
        (contract.number, f"{contract.number} {asker.named(contract.product)}")
        for contract in found.order_by("number")
    ]


def _own(asker: Asker, key: str) -> str:
    """For a new contract what is known already: the subscriber's own address."""
    return str(getattr(asker.subscriber, key, "")) if asker.contract is None else ""


def _is_empty(field: forms.Field) -> bool:
    """Whether nothing can be chosen."""
    return isinstance(field, forms.ChoiceField) and not any(code for code, _name in field.choices)  # type: ignore[misc, union-attr]  # a list of pairs
