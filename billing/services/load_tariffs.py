"""Load tariffs, prices, tax rates and the operator's policies from a TOML file."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from billing.models import ArrearsPolicy, DuePolicy, ReviewPolicy, Tariff, TariffPrice, TaxRate
from contracts.models import Product
from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import registry

DATA = Path(__file__).parent.parent / "data" / "tariffs.toml"

KINDS = ("tariffs", "prices", "tax_rates", "due_policies", "arrears_policies", "review_policies")
"""What a file can add."""

Table = Mapping[str, Any]


def load_tariffs(*, path: Path = DATA) -> dict[str, int]:
    """Add what the file has and the database lacks; how many of each of KINDS were added.

    Tariffs are brought up to date; a price, rate or policy that stands is left alone, since somebody may have changed
    it since. The prices are those that stood when this system took over, or follow from a public notice: nothing is posted;
    the operator's later ones are set by set_price and import_prices. ValidationError names the file, the table and the key
    that is wrong, and then nothing is loaded.
    """
    with path.open("rb") as file:
        try:
            data = tomllib.load(file)
        except tomllib.TOMLDecodeError as error:
            raise ValidationError(f"{path.name}: {error}") from error
    unknown = set(data) - set(_LOADERS)
    if unknown:
        raise ValidationError(
            _("%(file)s: unknown table %(table)s.") % {"file": path.name, "table": min(unknown)}
        )
    counts: Counter[str] = Counter()
    with transaction.atomic():
        for name, (keys, load) in _LOADERS.items():
            for place, table in enumerate(data.get(name, ()), start=1):
                where = f"{path.name}, [[{name}]] {table.get('code', place)}"
                try:
                    _check_keys(table, keys)
                    for kind, added in load(table).items():
                        counts[kind] += added
                except (ValidationError, TermsError, ValueError, TypeError, AttributeError) as error:
                    raise ValidationError(f"{where}: {_words(error)}") from error
    return dict(counts)


def _check_keys(table: Table, keys: Mapping[str, bool]) -> None:
    for key in table:
        if key not in keys:
            raise ValueError(_("unknown key “%(key)s”") % {"key": key})
    for key, needed in keys.items():
        if needed and key not in table:
            raise ValueError(_("missing key “%(key)s”") % {"key": key})


def _words(error: Exception) -> str:
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _add(model: type[models.Model], key: Table, values: Table) -> int:
    """1 where the row was added, 0 where it stands already."""
    if model._default_manager.filter(**key).exists():
        return 0
    row = model(**key, **values)
    row.full_clean()
    row.save()
    return 1


def _tax_rate(table: Table) -> dict[str, int]:
    try:
        rate = Decimal(table["rate"])
    except (ArithmeticError, TypeError):
        raise ValueError(_('write ten per cent as "0.10"')) from None
    values = {"rate": rate, "article": cited(table["article"])}
    return {"tax_rates": _add(TaxRate, {"valid_from": table["from"]}, values)}


def _due_policy(table: Table) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    return {
        "due_policies": _add(DuePolicy, key, {"months_after": table["months_after"], "day": table["day"]})
    }


def _arrears_policy(table: Table) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    values = {name: table[name] for name in table if name not in ("terms", "from")}
    return {"arrears_policies": _add(ArrearsPolicy, key, values)}


def _review_policy(table: Table) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    values = {name: table[name] for name in table if name not in ("terms", "from")}
    return {"review_policies": _add(ReviewPolicy, key, values)}


def _tariff(table: Table) -> dict[str, int]:
    tariff = Tariff.objects.filter(code=table["code"]).first()
    added = tariff is None
    tariff = tariff or Tariff(code=table["code"])
    tariff.terms_code = known_terms(table["terms"])
    tariff.product = _product(table)
    tariff.kind, tariff.name, tariff.source = table["kind"], table["name"], table["source"]
    tariff.occasion = table.get("occasion", "")
    tariff.tax_category = table.get("tax", "standard")
    tariff.article = cited(table["article"])
    tariff.full_clean()
    tariff.save()
    return {"tariffs": int(added), "prices": sum(_prices(tariff, table["prices"]))}


def _prices(tariff: Tariff, prices: Iterable[Table]) -> Iterable[int]:
    for price in prices:
        _check_keys(price, {"from": True, "amount": True, "note": False, "source": False})
        values = {"amount": price["amount"], "note": price.get("note", ""), "source": price.get("source", "")}
        yield _add(TariffPrice, {"tariff": tariff, "valid_from": price["from"]}, values)


def _product(table: Table) -> Product | None:
    if "product" not in table:
        return None
    product = Product.objects.filter(code=table["product"], terms_code=table["terms"]).first()
    if product is None:
        raise ValueError(
            _("there is no product “%(code)s” under %(terms)s; load the catalogue first")
            % {"code": table["product"], "terms": table["terms"]}
        )
    return product


def known_terms(code: str) -> str:
    """The code of a document, or NoSuchPack."""
    registry().versions(code)
    return code


def cited(text: str) -> str:
    """A citation of an article that the latest version of its document has, as it stands. TermsError for any other."""
    ref = ArticleRef.parse(text)
    registry().latest(ref.pack).article(ref.number)
    return text


_POLICY = dict.fromkeys(
    [
        "terms",
        "from",
        "reminder_after",
        "suspension_notice_after",
        "suspension_after",
        "ending_notice_after",
        "ending_after",
        "minimum",
    ],
    True,
)
_TARIFF = dict.fromkeys(
    ["code", "terms", "kind", "name", "source", "article", "prices"], True
) | dict.fromkeys(["product", "occasion", "tax"], False)
# Each table of the file: its keys (needed or not), and what loads one of its entries.
_LOADERS: dict[str, tuple[Mapping[str, bool], Callable[[Table], dict[str, int]]]] = {
    "tax_rates": (dict.fromkeys(["from", "rate", "article"], True), _tax_rate),
    "due_policies": (dict.fromkeys(["terms", "from", "months_after", "day"], True), _due_policy),
    "arrears_policies": (_POLICY, _arrears_policy),
    "review_policies": (
        dict.fromkeys(["terms", "from", "ceiling", "times", "difference"], True),
        _review_policy,
    ),
    "tariffs": (_TARIFF, _tariff),
}
