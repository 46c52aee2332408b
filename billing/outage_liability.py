"""What the operator owes at most for the damage of an outage that is its fault (責任の制限)."""

from dataclasses import dataclass, replace
from datetime import date
from functools import partial

from django.db.models import QuerySet, Sum

from billing.models import Charge
from contracts.models import Contract, Outage, PartnerFault
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
    ``elsewhere``: the limit has the days alone, since terms that are not part of the document say how much. ``partner_pays``: it
    waits for what the partner pays whose service failed."""

    contract: Contract
    article: ArticleRef
    limit: OutageDamagesResult | None = None
    waits: bool = False
    elsewhere: bool = False
    partner_pays: bool = False


def liabilities(outage: Outage) -> list[Liability]:
    """For each contract that was live on the line when the operator knew of the outage, by the document of that day.

    Empty where the outage is neither the operator's fault nor, where the document has the operator answer for it, a partner's; where
    it is not over; and for a document without such an article. There is no limit to what intent or gross negligence did. What a
    document counts from charges waits until their month is billed; what it limits to the damages that the partner paid
    (business-network 19-3), until those are known for all whom the failure concerned.
    """
    together: int | None = None
    found = []
    for owed in _owed(outage):
        liability = _liability(owed)
        if owed.shared and liability.limit is not None:
            assert outage.partner_fault is not None
            received = outage.partner_fault.received
            if received is not None and together is None:
                together = all_limits(outage.partner_fault)
            if received is None or together is None:
                liability = replace(liability, limit=None, waits=True, partner_pays=received is None)
            else:
                facts = replace(owed.facts(), received=received, all_limits=together)
                liability = replace(liability, limit=outage_damages(owed.rule, facts))
        found.append(liability)
    return found


@dataclass(frozen=True)
class _Owed:
    """One contract for which the operator answers under ``rule`` for an outage that it knew of on ``day``."""

    outage: Outage
    contract: Contract
    rule: OutageDamages
    day: date

    @property
    def shared(self) -> bool:
        """Whether all whom a partner's failure concerned share in what that partner paid."""
        return self.outage.partner_fault_id is not None and self.rule.partner_faults == "received"

    def facts(self) -> OutageDamagesFacts:
        """What the rule asks for, from the charges."""
        return _facts(self.outage, self.contract, self.rule, self.day)


def _owed(outage: Outage) -> list[_Owed]:
    """The contracts on the line for which the operator answers under their documents."""
    if outage.restored is None or not (outage.operator_fault or outage.partner_fault_id):
        return []
    day = japan_date(outage.known)
    contracts = Contract.objects.filter(line=outage.line, live__contains=day).select_related("product")
    return [
        _Owed(outage, contract, rule, day)
        for contract in contracts.order_by("pk")
        if contract.pack(day).has(OutageDamages)
        and (rule := contract.pack(day).rule(OutageDamages))
        and (outage.operator_fault or rule.partner_faults)
    ]


def all_limits(fault: PartnerFault) -> int | None:
    """What would be owed to all subscribers who share in what the partner paid, in yen; None while one of them is not known."""
    total = 0
    for outage in fault.outages.select_related("line"):
        if outage.restored is None:
            return None
        for owed in _owed(outage):
            if owed.shared:
                limit = _liability(owed).limit
                if limit is None:
                    return None
                total += limit.amount
    return total


def _liability(owed: _Owed) -> Liability:
    article = owed.rule.article
    if owed.outage.cause == Outage.Cause.GROSS_NEGLIGENCE:
        return Liability(contract=owed.contract, article=article)
    try:
        limit = outage_damages(owed.rule, owed.facts())
    except FactsError:
        return Liability(contract=owed.contract, article=article, waits=True)
    elsewhere = owed.rule.basis == "elsewhere" and limit.days > 0
    return Liability(contract=owed.contract, article=article, limit=limit, elsewhere=elsewhere)


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
