"""What the operator owes at most for the damage of an outage that is its fault (責任の制限)."""

from dataclasses import dataclass
from datetime import date
from functools import partial

from django.db.models import QuerySet, Sum

from billing.models import Charge
from contracts.models import Contract, Outage
from contracts.moments import japan_date
from terms.article import ArticleRef
from terms.calendar import DAY, add_months, tariff_month_end, tariff_month_start
from terms.errors import FactsError
from terms.rules.outage_damages import (
    OutageDamages,
    OutageDamagesFacts,
    OutageDamagesResult,
    outage_damages,
)

_KIND = Charge.Kind
_PERIODIC = [_KIND.BASE, _KIND.OPTION, _KIND.NUMBER_LEVY]


@dataclass(frozen=True, kw_only=True)
class Liability:
    """The limit for one contract on its article. ``limit`` None: there is none, or it is not known yet (``waits``).
    ``elsewhere``: the limit has the days alone, since terms that are not part of the document say how much."""

    contract: Contract
    article: ArticleRef
    limit: OutageDamagesResult | None = None
    waits: bool = False
    elsewhere: bool = False


def liabilities(outage: Outage) -> list[Liability]:
    """For each contract that was live on the line when the operator knew of the outage, by the document of that day.

    Empty where the outage is not the operator's fault or not over, and for a document without such an article. There is no limit to
    what intent or gross negligence did. What a document counts from charges waits until their month is billed.
    """
    if not outage.operator_fault or outage.restored is None:
        return []
    day = japan_date(outage.known)
    contracts = Contract.objects.filter(line=outage.line, live__contains=day).select_related("product")
    return [
        _liability(outage, contract, contract.pack(day).rule(OutageDamages), day)
        for contract in contracts.order_by("pk")
        if contract.pack(day).has(OutageDamages)
    ]


def _liability(outage: Outage, contract: Contract, rule: OutageDamages, day: date) -> Liability:
    if outage.cause == Outage.Cause.GROSS_NEGLIGENCE:
        return Liability(contract=contract, article=rule.article)
    try:
        limit = outage_damages(rule, _facts(outage, contract, rule, day))
    except FactsError:
        return Liability(contract=contract, article=rule.article, waits=True)
    elsewhere = rule.basis == "elsewhere" and limit.days > 0
    return Liability(contract=contract, article=rule.article, limit=limit, elsewhere=elsewhere)


def _facts(outage: Outage, contract: Contract, rule: OutageDamages, day: date) -> OutageDamagesFacts:
    assert outage.restored is not None
    facts = partial(OutageDamagesFacts, known=outage.known, restored=outage.restored)
    if rule.basis == "elsewhere":
        return facts()
    first, end = tariff_month_start(day, contract.cycle_day), tariff_month_end(day, contract.cycle_day)
    started = contract.service_start or day
    if rule.basis == "previous_month":
        before = tariff_month_start(first - DAY, contract.cycle_day)
        return facts(
            previous_month_total=_sum(
                _between(contract, before, first).filter(kind__in=[*_PERIODIC, _KIND.USE])
            ),
            charged_so_far=_sum(_between(contract, first, end).filter(kind__in=[*_PERIODIC, _KIND.USE])),
            days_so_far=(end - max(first, started)).days,
        )
    fee = contract.charges.filter(kind__in=_PERIODIC, period__contains=day).aggregate(sum=Sum("unit_price"))
    if rule.basis == "fee":
        return facts(fee=fee["sum"])
    since = max(add_months(first, -(rule.calls_months or 0)), started)
    calls = _between(contract, since, first).filter(kind=_KIND.USE)
    return facts(fee=fee["sum"], calls_total=_sum(calls) or 0, calls_days=max((first - since).days, 0))


def _between(contract: Contract, from_: date, to: date) -> QuerySet[Charge]:
    """The charges of the contract for periods that begin on these days."""
    return contract.charges.filter(period__startswith__gte=from_, period__startswith__lt=to)


def _sum(charges: QuerySet[Charge]) -> int | None:
    """Yen, or None where nothing was charged."""
    found: int | None = charges.aggregate(sum=Sum("amount"))["sum"]
    return found
