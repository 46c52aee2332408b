"""What the operator owes at most for the damage of an outage that is its fault (責任の制限)."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import NamedTuple

from django.db.models.functions import Lower, Upper

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
    for_course,
    outage_damages,
)

_KIND = Charge.Kind
_PERIODIC = frozenset({_KIND.BASE, _KIND.OPTION, _KIND.NUMBER_LEVY})
_USED = _PERIODIC | {_KIND.USE}


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
    (business-network 19-3), until those are known for all whom the failure concerned; what it leaves to the terms of the partner
    who prices the course has its days alone (isp-access 39-3).
    """
    together: int | None = None
    found = []
    for owed in _owed([outage]):
        liability = _liability(owed)
        if owed.shared and liability.limit is not None:
            assert outage.partner_fault is not None
            received = outage.partner_fault.received
            if received is not None and together is None:
                together = all_limits(outage.partner_fault)
            if received is None or together is None:
                liability = replace(liability, limit=None, waits=True, partner_pays=received is None)
            else:
                facts = replace(_facts(owed), received=received, all_limits=together)
                liability = replace(liability, limit=outage_damages(owed.rule, facts))
        found.append(liability)
    return found


def all_limits(fault: PartnerFault) -> int | None:
    """What would be owed to all subscribers who share in what the partner paid, in yen; None while one of them is not known."""
    outages = list(fault.outages.all())
    if any(outage.restored is None for outage in outages):
        return None
    limits = [_liability(owed).limit for owed in _owed(outages) if owed.shared]
    amounts = [limit.amount for limit in limits if limit is not None]
    return sum(amounts) if len(amounts) == len(limits) else None


class _Charged(NamedTuple):
    """A charge: for the days [from_, to), of so many yen; ``fee`` is what a whole month of it costs."""

    kind: str
    from_: date
    to: date
    fee: int
    amount: int


@dataclass(frozen=True, kw_only=True)
class _Owed:
    """One contract for which the operator answers under ``rule`` for an outage that it knew of on ``day``."""

    outage: Outage
    contract: Contract
    rule: OutageDamages
    day: date
    partner_priced: bool
    charges: list[_Charged]
    """Of the contract, those that the rule may count; filled once for all."""

    @property
    def shared(self) -> bool:
        """Whether all whom a partner's failure concerned share in what that partner paid."""
        return self.outage.partner_fault_id is not None and self.rule.partner_faults == "received"

    @property
    def since(self) -> date:
        """From when on charges count."""
        first = tariff_month_start(self.day, self.contract.cycle_day)
        if self.rule.basis == "previous_month":
            return tariff_month_start(first - DAY, self.contract.cycle_day)
        return add_months(first, -(self.rule.calls_months or 0))

    def sum(self, kinds: Iterable[str], from_: date, to: date) -> int | None:
        """Yen for periods that begin on these days, or None where nothing was charged."""
        found = [each.amount for each in self.charges if each.kind in kinds and from_ <= each.from_ < to]
        return sum(found) if found else None

    def fee(self) -> int | None:
        """What a month of all that the contract had on the day costs, or None where nothing was charged for it."""
        found = [
            each.fee for each in self.charges if each.kind in _PERIODIC and each.from_ <= self.day < each.to
        ]
        return sum(found) if found else None


def _owed(outages: Sequence[Outage]) -> list[_Owed]:
    """The contracts on the lines for which the operator answers under their documents, with what they were charged.

    A partner's failure can take down any number of lines: contracts and charges are asked for once for all of them.
    """
    answered = [
        outage for outage in outages if outage.restored and (outage.operator_fault or outage.partner_fault_id)
    ]
    on_line: defaultdict[int | None, list[Contract]] = defaultdict(list)
    contracts = Contract.objects.filter(
        line__in={outage.line_id for outage in answered}, live__isnull=False
    ).prefetch_related("product_changes__old", "individual_agreements", "kept_versions")
    for contract in contracts.select_related("product").order_by("pk"):
        on_line[contract.line_id].append(contract)
    found = [
        _Owed(
            outage=outage,
            contract=contract,
            rule=for_course(rule, partner_priced=priced),
            day=day,
            partner_priced=priced,
            charges=[],
        )
        for outage in answered
        for day in [japan_date(outage.known)]
        for contract in on_line[outage.line_id]
        if day in contract.live
        and (pack := contract.pack(day)).has(OutageDamages)
        and ((rule := pack.rule(OutageDamages)).partner_faults or outage.operator_fault)
        for priced in [_partner_priced(contract, day)]
    ]
    _charge(found)
    return found


def _partner_priced(contract: Contract, day: date) -> bool:
    """Whether a partner set the price of the course that the contract had on the day."""
    changes = sorted(contract.product_changes.all(), key=lambda change: change.on)
    later = next((change for change in changes if change.on > day), None)
    if later is not None:
        return later.old.partner_id is not None
    return contract.partner_id is not None or contract.product.partner_id is not None


def _charge(found: Sequence[_Owed]) -> None:
    """Give each what its contract was charged for the days that its rule counts."""
    if not found:
        return
    of: defaultdict[int | None, list[_Charged]] = defaultdict(list)
    charges = Charge.objects.filter(
        contract__in={owed.contract.pk for owed in found},
        kind__in=_USED,
        period__endswith__gt=min(owed.since for owed in found),
    )
    for contract, *rest in charges.values_list(
        "contract_id", "kind", Lower("period"), Upper("period"), "unit_price", "amount"
    ):
        of[contract].append(_Charged(*rest))
    for owed in found:
        owed.charges.extend(of[owed.contract.pk])


def _liability(owed: _Owed) -> Liability:
    article = owed.rule.article
    if owed.outage.cause == Outage.Cause.GROSS_NEGLIGENCE:
        return Liability(contract=owed.contract, article=article)
    try:
        limit = outage_damages(owed.rule, _facts(owed))
    except FactsError:
        return Liability(contract=owed.contract, article=article, waits=True)
    elsewhere = owed.rule.basis == "elsewhere" and limit.days > 0
    return Liability(contract=owed.contract, article=article, limit=limit, elsewhere=elsewhere)


def _facts(owed: _Owed) -> OutageDamagesFacts:
    outage, contract, rule, day = owed.outage, owed.contract, owed.rule, owed.day
    assert outage.restored is not None
    facts = partial(
        OutageDamagesFacts, known=outage.known, restored=outage.restored, partner_priced=owed.partner_priced
    )
    if rule.basis == "elsewhere":
        return facts()
    first, end = tariff_month_start(day, contract.cycle_day), tariff_month_end(day, contract.cycle_day)
    started = contract.service_start or day
    if rule.basis == "previous_month":
        return facts(
            previous_month_total=owed.sum(_USED, owed.since, first),
            charged_so_far=owed.sum(_USED, first, end),
            days_so_far=(end - max(first, started)).days,
        )
    if rule.basis == "fee":
        return facts(fee=owed.fee())
    since = max(owed.since, started)
    calls = owed.sum({_KIND.USE}, since, first) or 0
    return facts(fee=owed.fee(), calls_total=calls, calls_days=max((first - since).days, 0))
