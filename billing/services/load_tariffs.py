"""Load tariffs, prices, tax rates and the operator's policies from a TOML file."""

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.utils.translation import gettext as _

from billing.models import ArrearsPolicy, DuePolicy, ReviewPolicy, Tariff, TariffPrice, TaxRate
from billing.selectors import unbilled_since
from contracts.models import Product
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from terms.article import ArticleRef
from terms.errors import TermsError
from terms.registry import registry
from workflow.errors import NotPermitted
from workflow.models import User

DATA = Path(__file__).parent.parent / "data" / "tariffs.toml"

KINDS = ("tariffs", "prices", "tax_rates", "due_policies", "arrears_policies", "review_policies")
"""What a file can add."""

Table = Mapping[str, Any]

_NEEDED = ("billing.add_tariff", "billing.change_tariff", "billing.add_tariffprice")


@dataclass(frozen=True)
class Loading:
    """Who loads, and when: it stays on record with whatever is new or other than before."""

    by: User
    on: date


def load_tariffs(*, by: User, at: datetime, path: Path = DATA) -> dict[str, int]:
    """Add what the file has and the database lacks, in the name of ``by``; how many of each of KINDS were added.

    Tariffs are brought up to date, but for what they stand for; a price, rate or policy that stands is left alone, since
    somebody may have changed it since. The prices are those that stood when this system took over, or follow from a public
    notice: nothing is posted; the operator's later ones are set by set_price and import_prices. NotPermitted for staff who may
    not set prices. ValidationError names the file, the table and the key that is wrong: also where a standing tariff would
    be for another thing, a standing fee would change without being announced, or what was billed would. Then nothing is loaded.
    """
    if not (by.is_system or by.has_perms(_NEEDED)):
        raise NotPermitted(_("%(user)s may not set tariffs and prices.") % {"user": by})
    loading = Loading(by, japan_date(at))
    with path.open("rb") as file:
        try:
            data = tomllib.load(file)
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValidationError(f"{path.name}: {error}") from error
    unknown = set(data) - set(_LOADERS)
    if unknown:
        raise ValidationError(
            _("%(file)s: unknown table %(table)s.") % {"file": path.name, "table": min(unknown)}
        )
    counts: Counter[str] = Counter()
    with transaction.atomic():
        for name, (keys, load) in _LOADERS.items():
            for place, table in enumerate(_tables(path, name, data.get(name, [])), start=1):
                where = f"{path.name}, [[{name}]] {table.get('code', place)}"
                try:
                    _check_keys(table, keys)
                    for kind, added in load(table, loading).items():
                        counts[kind] += added
                except (ValidationError, TermsError, ValueError, TypeError, AttributeError) as error:
                    raise ValidationError(f"{where}: {_words(error)}") from error
    return dict(counts)


def _tables(path: Path, name: str, found: Any) -> list[Table]:
    if not isinstance(found, list) or not all(isinstance(table, dict) for table in found):
        raise ValidationError(
            _("%(file)s: write [[%(table)s]] before each entry.") % {"file": path.name, "table": name}
        )
    return found


def _check_keys(table: Table, keys: Mapping[str, bool]) -> None:
    for key in table:
        if key not in keys:
            raise ValueError(_("unknown key “%(key)s”") % {"key": key})
    for key, needed in keys.items():
        if needed and key not in table:
            raise ValueError(_("missing key “%(key)s”") % {"key": key})


def _words(error: Exception) -> str:
    return "; ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def _add(
    loading: Loading, model: type[models.Model], key: Table, values: Table, *, of: Tariff | None = None
) -> int:
    """1 where the row was added, 0 where it stands already. On record with the row itself, or with the tariff that it is a part of."""
    if model._default_manager.filter(**key).exists():
        return 0
    row = model(**key, **values)
    row.full_clean()
    row.save()
    note_change(of or row, "load", by=loading.by, on=loading.on, reason=str(row))
    return 1


def _tax_rate(table: Table, loading: Loading) -> dict[str, int]:
    try:
        rate = Decimal(table["rate"])
    except (ArithmeticError, TypeError):
        raise ValueError(_('write ten per cent as "0.10"')) from None
    values = {"rate": rate, "article": cited(table["article"])}
    key = {"valid_from": table["from"]}
    added = _add(loading, TaxRate, key, values)
    if added:
        _not_billed(table["from"])
    return {"tax_rates": added}


def _due_policy(table: Table, loading: Loading) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    values = {"months_after": table["months_after"], "day": table["day"]}
    return {"due_policies": _add(loading, DuePolicy, key, values)}


def _arrears_policy(table: Table, loading: Loading) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    values = {name: table[name] for name in table if name not in ("terms", "from")}
    return {"arrears_policies": _add(loading, ArrearsPolicy, key, values)}


def _review_policy(table: Table, loading: Loading) -> dict[str, int]:
    key = {"terms_code": known_terms(table["terms"]), "valid_from": table["from"]}
    values = {name: table[name] for name in table if name not in ("terms", "from")}
    return {"review_policies": _add(loading, ReviewPolicy, key, values)}


def _tariff(table: Table, loading: Loading) -> dict[str, int]:
    found = Tariff.objects.select_for_update(of=("self",)).filter(code=table["code"]).first()
    product = _product(table)
    what = {
        "terms_code": known_terms(table["terms"]),
        "product_id": product and product.pk,
        "kind": table["kind"],
    }
    rest = {
        "name": table["name"],
        "source": table["source"],
        "occasion": table.get("occasion", ""),
        "tax_category": table.get("tax", "standard"),
        "article": cited(table["article"]),
    }
    if found and any(getattr(found, name) != value for name, value in what.items()):
        raise ValueError(
            _("this tariff stands for something else (terms, product or kind); give the new one another code")
        )
    tariff = found or Tariff(code=table["code"], **what)
    if not found or any(getattr(found, name) != value for name, value in rest.items()):
        for name, value in rest.items():
            setattr(tariff, name, value)
        tariff.full_clean()
        tariff.save()
        note_change(tariff, "load", by=loading.by, on=loading.on, reason=str(tariff))
    return {"tariffs": int(not found), "prices": sum(_prices(tariff, table["prices"], not found, loading))}


def _prices(tariff: Tariff, prices: Iterable[Table], new: bool, loading: Loading) -> Iterable[int]:
    for price in prices:
        _check_keys(price, {"from": True, "amount": True, "note": False, "source": False})
        values = {"amount": price["amount"], "note": price.get("note", ""), "source": price.get("source", "")}
        added = _add(loading, TariffPrice, {"tariff": tariff, "valid_from": price["from"]}, values, of=tariff)
        if added and not new:
            _not_billed(price["from"])
            _announced(tariff, price)
        yield added


def _not_billed(day: date) -> None:
    unbilled = unbilled_since()
    if unbilled and day < unbilled:
        raise ValueError(
            _("what applies from %(day)s would change months that are billed; begin on %(first)s or later")
            % {"day": day, "first": unbilled}
        )


def _announced(tariff: Tariff, price: Table) -> None:
    """Another fee than the one before is announced, unless a public notice made it (set_price does that)."""
    before = tariff.prices.filter(valid_from__lt=price["from"]).order_by("-valid_from").first()
    by_notice = (price.get("source") or tariff.source) == Tariff.Source.STATUTE
    if before and before.amount != price["amount"] and not by_notice:
        raise ValueError(
            _("the fee changes on %(day)s, which is to be announced; set this price by itself")
            % {"day": price["from"]}
        )


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
_LOADERS: dict[str, tuple[Mapping[str, bool], Callable[[Table, Loading], dict[str, int]]]] = {
    "tax_rates": (dict.fromkeys(["from", "rate", "article"], True), _tax_rate),
    "due_policies": (dict.fromkeys(["terms", "from", "months_after", "day"], True), _due_policy),
    "arrears_policies": (_POLICY, _arrears_policy),
    "review_policies": (
        dict.fromkeys(["terms", "from", "ceiling", "times", "difference"], True),
        _review_policy,
    ),
    "tariffs": (_TARIFF, _tariff),
}
