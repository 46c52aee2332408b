"""A shadow run: what any month would be charged, past or to come, by the very rating of a run. It writes nothing."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

from django.db.models import Count, Max, Min, Sum

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.known import ChargeKey, key_of, known_charges
from billing.chunks.rate import rate_all
from billing.models import BillingAccount, Charge, Invoice
from billing.rating.charge import RatedCharge

RECURRING = frozenset({"base", "single_line", "use", "option", "number_levy"})
"""Kinds that a month is charged each time anew. The others are charged once: those that a run has charged are left out."""

_A_CHUNK = 4000

Key = tuple[str, str]


@dataclass
class Tally:
    """Charges, and their yen without tax."""

    count: int = 0
    amount: int = 0


@dataclass
class Shadow:
    """So far: contracts looked at, sums by document and kind, the same sums of what runs charged for the month on the same
    contracts, and why contracts could not be rated, with how many each."""

    month: date
    contracts: int = 0
    rated: dict[Key, Tally] = field(default_factory=dict)
    charged: dict[Key, Tally] = field(default_factory=dict)
    parked: Counter[str] = field(default_factory=Counter)

    def rows(self) -> list[tuple[Key, Tally, Tally]]:
        """Each document and kind: as rated now, and as charged."""
        keys = sorted(self.rated.keys() | self.charged.keys())
        return [(key, self.rated.get(key, Tally()), self.charged.get(key, Tally())) for key in keys]


def shadow_run(month: date, *, most: int | None = None) -> Iterator[Shadow]:
    """Rate the month of which ``month`` is the first day, of the first ``most`` accounts or of all; the state after each chunk."""
    book = load_book()
    shadow = Shadow(month)
    for first, last in _chunks(most):
        # What passed to an account of another chunk is counted there.
        contracts = [each for each in gather(month, first, last) if first <= each.account_id <= last]
        rated, parked = rate_all(book, contracts)
        shadow.contracts += len(contracts)
        shadow.parked.update(parked.values())
        known = known_charges([contract.contract_id for contract, charges in rated if _has_once(charges)])
        keys: set[ChargeKey] = set()
        for contract, charges in rated:
            mine = [(key_of(contract.contract_id, charge), charge) for charge in charges]
            anew = [charge for key, charge in mine if charge.kind in RECURRING or key not in known]
            _add(shadow, contract.facts.terms_code, anew)
            keys.update(key for key, _charge in mine)
        _compare(shadow, first, last)
        _compare_extra_bills(shadow, first, last, keys)
        yield shadow


def _chunks(most: int | None) -> Iterator[tuple[int, int]]:
    accounts = BillingAccount.objects.order_by("pk")
    last, done = 0, 0
    while most is None or done < most:
        size = _A_CHUNK if most is None else min(_A_CHUNK, most - done)
        part = accounts.filter(pk__gt=last)[:size].aggregate(
            first=Min("pk"), last=Max("pk"), count=Count("pk")
        )
        if not part["count"]:
            return
        yield part["first"], part["last"]
        last, done = part["last"], done + part["count"]


def _has_once(charges: list[RatedCharge]) -> bool:
    return any(charge.kind not in RECURRING for charge in charges)


def _add(shadow: Shadow, terms_code: str, charges: list[RatedCharge]) -> None:
    for charge in charges:
        total = shadow.rated.setdefault((terms_code, charge.kind), Tally())
        total.count += 1
        total.amount += charge.amount


def _compare(shadow: Shadow, first: int, last: int) -> None:
    found = (
        Charge.objects.filter(run__month=shadow.month, account__id__range=(first, last), kind__in=RECURRING)
        .order_by()
        .values_list("terms_code", "kind")
        .annotate(Count("id"), Sum("amount"))
    )
    for terms_code, kind, count, amount in found:
        total = shadow.charged.setdefault((terms_code, kind), Tally())
        total.count += count
        total.amount += amount


def _compare_extra_bills(shadow: Shadow, first: int, last: int, keys: set[ChargeKey]) -> None:
    """What was billed at once of the month stands in no run, and is rated again with it."""
    found = Charge.objects.filter(
        run=None,
        invoice__extra_bill__isnull=False,
        account__id__range=(first, last),
        kind__in=RECURRING,
    ).exclude(invoice__state=Invoice.State.VOID)
    for charge in found:
        period = charge.period
        key = (
            charge.contract_id,
            charge.kind,
            charge.tariff_id,
            charge.source,
            period.lower,
            period.upper,
        )
        if key in keys:
            total = shadow.charged.setdefault((charge.terms_code, charge.kind), Tally())
            total.count += 1
            total.amount += charge.amount
