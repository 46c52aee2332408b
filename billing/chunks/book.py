"""The documents, prices and tax rates of a run, read from the database."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

from django.db.models import F

from billing.models import MovedFirstDay, Tariff, TariffPrice, TaxRate
from billing.rating.errors import RatingError, gettext_noop
from billing.rating.prices import Fee, Price, PriceBook, latest_first
from billing.rating.rulebook import RuleBook
from terms.registry import pack_for, rule_for


def load_book() -> RuleBook:
    """Everything that a run looks up, as it stands now."""
    return RuleBook(
        prices=load_prices(),
        pack_for=pack_for,
        rule_for=rule_for,
        rate_on=load_rates(),
        moved=load_moved_first_days(),
    )


def load_moved_first_days() -> dict[str, tuple[date, ...]]:
    """By document the days, in order, from which on its tariff months begin on another day."""
    found: dict[str, tuple[date, ...]] = {}
    for terms_code, since in MovedFirstDay.objects.decided().values_list("terms_code", "since"):
        found[terms_code] = (*found.get(terms_code, ()), since)
    return found


def load_prices() -> PriceBook:
    """All tariffs with all their prices."""
    prices: dict[int, list[Price]] = {}
    for tariff_id, valid_from, amount in TariffPrice.objects.values_list("tariff_id", "valid_from", "amount"):
        prices.setdefault(tariff_id, []).append(Price(valid_from, amount))
    fees = Tariff.objects.order_by("id").values(
        "code",
        "terms_code",
        "product_id",
        "kind",
        "name",
        "occasion",
        "tax_category",
        "article",
        tariff_id=F("id"),
    )
    return PriceBook(tuple(Fee(**fee, prices=latest_first(prices.get(fee["tariff_id"], ()))) for fee in fees))


def load_rates() -> Callable[[date], Decimal]:
    """The rate of consumption tax by day."""
    rates = list(TaxRate.objects.order_by("-valid_from").values_list("valid_from", "rate"))

    def rate_on(day: date) -> Decimal:
        for valid_from, rate in rates:
            if valid_from <= day:
                return rate
        raise RatingError(
            gettext_noop("No rate of consumption tax is known for %(day)s. Enter one."), day=day
        )

    return rate_on
