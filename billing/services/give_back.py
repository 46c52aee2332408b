"""What a settlement gives back of charges that came to be wrong because something was recorded too late."""

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import CharField, OuterRef, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast, Concat

from billing.chunks.book import load_book
from billing.chunks.gather import gather
from billing.chunks.rate import charges_of
from billing.credits import creditable
from billing.models import BillingAccount, Charge, CreditNoteLine, Invoice
from billing.rating.charge import RatedCharge
from billing.rating.periodic import PeriodicRater
from billing.services.issue_credit_note import issue_credit_note
from billing.services.propose_supplement import underbilled_by
from billing.services.void_invoice import REISSUED
from contracts.models import Contract
from terms.calendar import Month
from terms.registry import pack_for
from terms.rules.periodic_charge import PeriodicCharge
from workflow.models import User

logger = logging.getLogger(__name__)


ASKED_FOR = Q(invoice__isnull=True) | Q(
    invoice__state__in=[Invoice.State.ISSUED, Invoice.State.SETTLED, Invoice.State.ASSIGNED]
)
"""Of charges: on an invoice that stands, or waiting for one."""

AS_RATED = Q(source="") | Q(source__startswith=f"{REISSUED}:")
"""Of charges for days: as a run made them, or issued again."""


class GivenBack(NamedTuple):
    """Why: the ``reason`` that a credit note says; the ``label`` of a charge in its place, whose ``source`` it is with the
    charge that it takes from."""

    source: str
    label: str
    reason: str


PASSED_ON = GivenBack(
    source="passed-on",
    label="契約の譲渡・承継による精算",
    reason="契約が譲渡または承継された日以後の分を請求していたため",
)
CHANGED_BACK = GivenBack(
    source="changed-back",
    label="品目の変更による精算",
    reason="品目を変更した日以後の分を変更前の料金で請求していたため",
)
BILLED_ANEW = GivenBack(
    source="billed-anew",
    label="随時計算分の精算",
    reason="月の途中で請求した日について、その後の変更により料金を計算し直すため",
)
ENDED_BACK = GivenBack(
    source="ended-back",
    label="契約の終了による精算",
    reason="契約の終了日より後の分を請求していたため",
)
# billing.chunks.sql.WAITING knows their sources, too.
_WHYS = (PASSED_ON, CHANGED_BACK, BILLED_ANEW, ENDED_BACK)


def named_by(word: str) -> QuerySet[Charge]:
    """The charges whose source is ``word`` with the charge of the outer query."""
    found = Charge.objects.exclude(source="")  # as the index of sources wants it
    return found.filter(source=Concat(Value(f"{word}:"), Cast(OuterRef("pk"), CharField())))


def settle_each(
    charges: Iterable[Charge], settle: Callable[[Contract, list[Charge]], int], *, of: str
) -> int:
    """``settle`` of each contract with those of the charges that are its own, each in a transaction; the sum of what it returns.

    A contract for which it cannot be done is left for the next time, and logged as one ``of`` what was recorded late.
    """
    late: dict[int, list[Charge]] = {}
    for charge in charges:
        assert charge.contract_id is not None, "it was found by its contract"
        late.setdefault(charge.contract_id, []).append(charge)
    count = 0
    for contract in Contract.objects.filter(pk__in=late).order_by("pk"):
        try:
            with transaction.atomic():
                count += settle(contract, late[contract.pk])
        except Exception:  # one bad case must not keep the others from theirs; it is tried again
            logger.exception("the %s of %s could not be settled", of, contract)
    return count


def give_back(
    invoice: Invoice | None, wanted: Mapping[Charge, int], *, why: GivenBack, by: User, at: datetime
) -> Iterator[Charge]:
    """The credit note over ``wanted`` (charge of the invoice: yen without tax, below 0 for a credit), as far as so much is left.

    Where there can be none, since more was credited than is left, no invoice asks yet or another asks for the claim, charges,
    not saved yet, that say the same on the next invoice.
    """
    left = {charge: charge.amount for charge in wanted}
    if invoice:
        left = {line.charge: line.left for line in creditable(invoice)}
    amounts = {charge: _within(amount, left.get(charge, 0)) for charge, amount in wanted.items()}
    amounts = {charge: amount for charge, amount in amounts.items() if amount}
    ours = invoice and invoice.state in (Invoice.State.ISSUED, Invoice.State.SETTLED)
    if invoice and ours and 0 < sum(amounts.values()) <= sum(left.values()):
        issue_credit_note(
            invoice=invoice,
            amounts={charge.pk: amount for charge, amount in amounts.items()},
            by=by,
            at=at,
            reason=why.reason,
        )
    else:
        for charge, amount in amounts.items():
            yield _taken_back(charge, amount, why)


def give_all_back(
    wanted: Mapping[Invoice | None, Mapping[Charge, int]], *, why: GivenBack, by: User, at: datetime
) -> int:
    """``give_back`` of each invoice, None for charges that wait for one; of how many charges something goes back."""
    rows = [
        row
        for invoice, amounts in wanted.items()
        for row in give_back(invoice, amounts, why=why, by=by, at=at)
    ]
    Charge.objects.bulk_create(rows)
    return sum(len(amounts) for amounts in wanted.values())


def _within(amount: int, left: int) -> int:
    """So much of ``amount`` as is left to give back, or of a credit, to take back."""
    if amount > 0:
        return max(min(amount, left), 0)
    return min(max(amount, left), 0)


def _taken_back(charge: Charge, amount: int, why: GivenBack) -> Charge:
    """Of ``charge`` so many yen were too much, which the account's next invoice says."""
    return Charge(
        account=charge.account,
        terms_code=charge.terms_code,
        contract_id=charge.contract_id,
        tariff_id=charge.tariff_id,
        kind=Charge.Kind.ADJUSTMENT,
        source=f"{why.source}:{charge.pk}",
        name=f"{charge.name}（{why.label}）"[:120],
        period=charge.period,
        unit_price=-amount,
        amount=-amount,
        tax_category=charge.tax_category,
        tax_rate=charge.tax_rate,
        article=underbilled_by(charge) if amount < 0 else charge.article,
    )


def rated_again(contract: Contract, month: date, days: tuple[date, ...]) -> list[RatedCharge]:
    """What a run of the month would charge for the contract now, apart for each who had it from one of ``days`` on."""
    account = BillingAccount.objects.get(subscriber=contract.subscriber_id).pk
    book = load_book()
    return [
        charge
        for each in gather(Month.of(month).first, account, account)
        if each.contract_id == contract.pk
        for charge in charges_of(
            book, PeriodicRater(book), each._replace(facts=each.facts._replace(passed=days, months=(month,)))
        )
    ]


def rated_now(contract: Contract, charges: Sequence[Charge]) -> list[RatedCharge]:
    """What runs would charge in the months of these charges now, each once, cut where the charges are cut."""
    bounds = {day for charge in charges for day in (charge.period.lower, charge.period.upper)}
    days = contract.subscriber_changes.filter(on__in=bounds).order_by("on").values_list("on", flat=True)
    # A tariff month is charged in the calendar month in which it ends.
    months = {Month.of(charge.period.lower).plus(more) for charge in charges for more in (0, 1)}
    found = {
        (each.kind, each.tariff_id, each.source, each.period_from, each.period_to): each
        for month in sorted(months)
        for each in rated_again(contract, month.first, tuple(dict.fromkeys(days)))
    }
    return list(found.values())


def left_of(charge: Charge) -> int:
    """Yen of it that no credit note, nor a settlement's line on an invoice, gave back yet."""
    noted = CreditNoteLine.objects.filter(charge=charge).aggregate(sum=Sum("amount", default=0))["sum"]
    taken = Charge.objects.filter(source__in=[f"{why.source}:{charge.pk}" for why in _WHYS]).aggregate(
        sum=Sum("amount", default=0)
    )
    return int(charge.amount - noted + taken["sum"])


def by_days(charge: Charge) -> bool:
    """Whether its document charges by days, so that a part of its days makes a part of its yen."""
    pack = pack_for(charge.terms_code, charge.period.lower, earliest=True)
    return pack.has(PeriodicCharge) and pack.rule(PeriodicCharge).basis == "day"
