"""Days that were billed before their month was over, and come out otherwise by now."""

from collections.abc import Sequence
from datetime import date, datetime
from functools import partial

from django.db.models import Exists, OuterRef, Q

from billing.models import Charge, CreditNoteLine, ExtraBill, Invoice
from billing.selectors import unbilled_since
from billing.services.bill_at_once import FOR_USE
from billing.services.give_back import (
    AS_RATED,
    ASKED_FOR,
    BILLED_ANEW,
    give_all_back,
    named_by,
    rated_again,
    settle_each,
)
from billing.services.open_account import open_missing_accounts
from contracts.models import Acceleration, Contract
from terms.calendar import Month
from workflow.models import User

GIVEN_BACK = Q(
    Exists(CreditNoteLine.objects.filter(charge=OuterRef("pk"), note__reason=BILLED_ANEW.reason))
) | Q(Exists(named_by(BILLED_ANEW.source)))
"""Of charges: given back whole, to be charged anew."""


def settle_billed_at_once(*, by: User, at: datetime) -> int:
    """Give back whole what was billed at once for days of a month that no run has billed, where the run to come charges them
    otherwise: the item changed on one of them, or the contract ended. The run charges them anew.

    Billed at once were one contract's days (hikari-line 通則1) or all when debts fell due at once (business-network 10-2). Safe to
    run twice. A contract for which it cannot be done is left for the next time, and logged. How many charges were given back.
    """
    open_missing_accounts()
    since = Month.of(unbilled_since() or date(2000, 1, 1))
    # A tariff month may begin in the calendar month before.
    earliest = since.plus(-1).first
    bills = ExtraBill.objects.filter(decided_on__isnull=False, through__gte=earliest)
    debtors = Acceleration.objects.filter(recorded_on__gte=earliest).values("subscriber")
    contracts = {
        *bills.values_list("contract_id", flat=True),
        *Contract.objects.filter(subscriber__in=debtors).values_list("pk", flat=True),
    }
    found = (
        Charge.objects.filter(
            AS_RATED,
            ASKED_FOR,
            ~GIVEN_BACK,
            contract__in=contracts,
            run__isnull=True,
            kind__in=FOR_USE,
            period__startswith__gte=earliest,
        )
        .select_related("account", "invoice")
        .order_by("id")
    )
    return settle_each(found, partial(_settle, since=since, by=by, at=at), of="days billed at once")


def _settle(contract: Contract, charges: Sequence[Charge], *, since: Month, by: User, at: datetime) -> int:
    months = {max(Month.of(charge.period.lower), since).plus(more) for charge in charges for more in (0, 1)}
    # Who had the contract is no matter here: what passed on is settled by itself.
    now = {
        (each.kind, each.tariff_id, each.period_from, each.period_to)
        for month in sorted(months)
        for each in rated_again(contract, month.first, ())
        if not each.source
    }
    back: dict[Invoice | None, dict[Charge, int]] = {}
    for charge in charges:
        from_, to = charge.period.lower, charge.period.upper
        charged_again = from_ >= since.first or any(
            first < to and from_ < end for _kind, _tariff, first, end in now
        )
        if charged_again and (charge.kind, charge.tariff_id, from_, to) not in now:
            back.setdefault(charge.invoice, {})[charge] = charge.amount
    return give_all_back(back, why=BILLED_ANEW, by=by, at=at)
