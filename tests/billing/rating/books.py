"""A price book and contracts for pure rating: no database."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from billing.rating.facts import ContractFacts
from billing.rating.periodic import PeriodicRater
from billing.rating.prices import Fee, Price, PriceBook
from billing.rating.rulebook import RuleBook
from terms.calendar import JAPAN
from terms.registry import pack_for, rule_for

PRODUCT, OPTION = 1, 2


def jst(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """A moment on the Japanese clock."""
    return datetime(year, month, day, hour, minute, tzinfo=JAPAN)


def fee(
    terms_code: str,
    amount: int = 6000,
    *,
    product_id: int | None = PRODUCT,
    kind: str = "base",
    code: str = "fee",
    **fields: Any,
) -> Fee:
    """A fee with one price since long ago."""
    values = {
        "tariff_id": fields.pop("tariff_id", 1),
        "name": fields.pop("name", code),
        "occasion": fields.pop("occasion", ""),
        "tax_category": fields.pop("tax_category", "standard"),
        "article": fields.pop("article", f"{terms_code} 1"),
        "prices": fields.pop("prices", (Price(date(2010, 1, 1), amount),)),
    }
    assert not fields
    return Fee(code=code, terms_code=terms_code, product_id=product_id, kind=kind, **values)


def rate_on(day: date) -> Decimal:
    """The standard rate as the law had it."""
    return Decimal("0.10") if day >= date(2019, 10, 1) else Decimal("0.08")


def book(*fees: Fee, moved: Mapping[str, tuple[date, ...]] | None = None) -> RuleBook:
    """The real documents with these prices, and tariff months moved to these days."""
    return RuleBook(
        prices=PriceBook(fees), pack_for=pack_for, rule_for=rule_for, rate_on=rate_on, moved=moved
    )


def contract(terms_code: str, **fields: Any) -> ContractFacts:
    """A contract since 10 June 2025, rated for that month."""
    values: dict[str, Any] = {
        "product_id": PRODUCT,
        "payment": "month",
        "cycle_day": 1,
        "months": (date(2025, 6, 1),),
        "start": date(2025, 6, 10),
    }
    return ContractFacts(terms_code=terms_code, **(values | fields))


def rater(*fees: Fee) -> PeriodicRater:
    """A rater with these prices."""
    return PeriodicRater(book(*fees))


def months(first: date, count: int) -> tuple[date, ...]:
    """First days of so many months."""
    number = first.year * 12 + first.month - 1
    return tuple(date((number + place) // 12, (number + place) % 12 + 1, 1) for place in range(count))
