"""Load products, partners, service areas and return policies from a catalogue file."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from contracts.models import Partner, Product, ReturnPolicy, ServiceArea
from contracts.models.address import PREFECTURES
from terms.errors import TermsError
from terms.registry import registry

CATALOGUE = Path(__file__).resolve().parent.parent / "data" / "catalogue.toml"

_PRODUCT_KEYS = {
    "code": "code",
    "terms": "terms_code",
    "name": "name",
    "name_en": "name_en",
    "kind": "kind",
    "per": "per",
    "item": "item",
    "dwelling": "dwelling",
    "maintenance": "maintenance",
    "term_months": "term_months",
    "beside": "beside_terms",
    "partner": "partner",
    "becomes": "becomes",
    "carrier": "carrier",
    "article": "article",
    "demonstration": "demonstration",
    "offered": "offered",
}
_POLICY_KEYS = {
    "terms": "terms_code",
    "from": "valid_from",
    "place": "place",
    "return_days": "return_days",
    "remind_every": "remind_every",
    "give_up_after": "give_up_after",
    "demonstration": "demonstration",
}
_PARTNER_KEYS = {"code": "code", "name": "name", "role": "role", "email": "email"}


@dataclass(frozen=True)
class Loaded:
    """How many products, partners, service areas and return policies there are, and how many were new or changed."""

    products: int
    partners: int
    areas: int
    policies: int
    changed: int


def load_catalogue(*, path: Path = CATALOGUE) -> Loaded:
    """Write what the file says; what stands there already is brought up to date. Running it again changes nothing.

    A product that is no longer in the file stays, since contracts may be for it. ValidationError names the entry and
    the key that is wrong; nothing is written then.
    """
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError) as error:
        raise ValidationError(
            _("%(path)s cannot be read: %(error)s") % {"path": path, "error": error}
        ) from error
    for table in data:
        if table not in ("partners", "products", "service_areas", "return_policies"):
            raise ValidationError(_("%(path)s: unknown table “%(table)s”.") % {"path": path, "table": table})
    with transaction.atomic():
        partners = [_partner(entry) for entry in data.get("partners", ())]
        products = [_product(entry) for entry in data.get("products", ())]
        areas = [made for entry in data.get("service_areas", ()) for made in _areas(entry)]
        policies = [_policy(entry) for entry in data.get("return_policies", ())]
    changed = sum(partners) + sum(products) + sum(areas) + sum(policies)
    return Loaded(len(products), len(partners), len(areas), len(policies), changed)


def _partner(entry: Mapping[str, Any]) -> bool:
    return _write(Partner, _renamed(entry, _PARTNER_KEYS, "partners"), "partners")


def _product(entry: Mapping[str, Any]) -> bool:
    values = _renamed(entry, _PRODUCT_KEYS, "products")
    for key in ("partner", "carrier"):
        if values.get(key):
            values[key] = _partner_of(entry, key)
    if values.get("becomes"):
        values["becomes"] = Product.objects.filter(
            code=values["becomes"], terms_code=values.get("terms_code")
        ).first()
        if values["becomes"] is None:
            raise _wrong(
                "products",
                entry,
                "becomes",
                _("no earlier product of the document has the code “%(code)s”") % {"code": entry["becomes"]},
            )
    for key in ("terms_code", "beside_terms"):
        if values.get(key) and values[key] not in registry().codes():
            raise _wrong(
                "products", entry, key, _("no document has the code “%(code)s”") % {"code": values[key]}
            )
    if values.get("article"):
        try:
            values["article"] = str(registry().latest(values["terms_code"]).article(values["article"]))
        except TermsError as error:
            raise _wrong("products", entry, "article", str(error)) from error
    return _write(Product, values, "products")


def _partner_of(entry: Mapping[str, Any], key: str) -> Partner:
    found = Partner.objects.filter(code=entry[key]).first()
    if found is None:
        raise _wrong("products", entry, key, _("no partner has the code “%(code)s”") % {"code": entry[key]})
    return found


def _areas(entry: Mapping[str, Any]) -> list[bool]:
    prefectures = PREFECTURES if entry.get("prefectures") == ["*"] else entry.get("prefectures", [])
    made = []
    for prefecture in prefectures:
        area = ServiceArea(terms_code=entry["terms"], prefecture=prefecture)
        _clean(area, "service_areas", entry, exclude=["terms_code"], unique=False)
        made.append(
            ServiceArea.objects.get_or_create(terms_code=area.terms_code, prefecture=prefecture, city="")[1]
        )
    return made


def _policy(entry: Mapping[str, Any]) -> bool:
    """A policy stands once its first day has been entered; later days are later entries."""
    policy = ReturnPolicy(**_renamed(entry, _POLICY_KEYS, "return_policies"))
    if policy.terms_code not in registry().codes():
        raise _wrong(
            "return_policies",
            entry,
            "terms",
            _("no document has the code “%(code)s”") % {"code": policy.terms_code},
        )
    if ReturnPolicy.objects.filter(terms_code=policy.terms_code, valid_from=policy.valid_from).exists():
        return False
    _clean(policy, "return_policies", entry, exclude=[], unique=True)
    policy.save()
    return True


def _renamed(entry: Mapping[str, Any], keys: Mapping[str, str], table: str) -> dict[str, Any]:
    for key in entry:
        if key not in keys:
            raise _wrong(table, entry, key, _("unknown key"))
    return {keys[key]: value for key, value in entry.items()}


def _write(model: type[models.Model], values: dict[str, Any], table: str) -> bool:
    """Make the row of that code or bring it up to date; whether anything changed."""
    manager = model._default_manager
    found = manager.filter(code=values.get("code")).first()
    row = found or model()
    before = {name: getattr(row, name) for name in values}
    for name, value in values.items():
        setattr(row, name, value)
    if found is not None and before == values:
        return False
    _clean(row, table, values, exclude=[], unique=True)
    row.save()
    return True


def _clean(
    row: models.Model, table: str, entry: Mapping[str, Any], *, exclude: list[str], unique: bool
) -> None:
    try:
        row.full_clean(exclude=exclude, validate_unique=unique, validate_constraints=unique)
    except ValidationError as error:
        key, messages = next(iter(error.message_dict.items()))
        raise _wrong(table, entry, key, " ".join(messages)) from error


def _wrong(table: str, entry: Mapping[str, Any], key: str, problem: str) -> ValidationError:
    name = entry.get("code") or entry.get("terms") or "?"
    return ValidationError(
        _("[[%(table)s]] “%(name)s”, key “%(key)s”: %(problem)s")
        % {"table": table, "name": name, "key": key, "problem": problem}
    )
