"""An ending, of a contract or an option, that was recorded after days behind it were billed: what is not owed for them goes back."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial

from django.db.models import Case, F, OuterRef, Q, Subquery, When
from django.db.models.functions import Least

from billing.models import Charge, Invoice
from billing.selectors import unbilled_since
from billing.services.give_back import (
    AS_RATED,
    ASKED_FOR,
    ENDED_BACK,
    by_days,
    give_all_back,
    left_of,
    rated_now,
    settle_each,
)
from billing.services.settle_late_items import CHANGED
from contracts.models import Contract, ContractOption
from terms.calendar import Month
from workflow.models import User

_KINDS = (
    Charge.Kind.BASE,
    Charge.Kind.SINGLE_LINE,
    Charge.Kind.OPTION,
    Charge.Kind.NUMBER_LEVY,
)

_MONTHS_BACK = 12
"""An ending further back is no oversight of days: people settle it by a credit note of their own."""


def settle_late_endings(*, by: User, at: datetime) -> int:
    """Give back what was charged for days after the last one of a contract or an option, as far as its document charges by days.

    What we asked for ourselves goes back by a credit note; what a billing operator was assigned, by a line on our next invoice.
    Safe to run twice. A contract for which it cannot be done is left for the next time, and logged. How many charges went
    back, whole or in part.
    """
    return settle_each(_charged_too_long(), partial(_settle, by=by, at=at), of="ending")


def _charged_too_long() -> Iterator[Charge]:
    """Charges that reach behind the last day of the contract or of the option, where that can make a difference: those that begin
    behind it, or whose document charges by days."""
    until = unbilled_since()
    if until is None:
        return
    ends = {"ends_on__gte": Month.of(until).plus(-_MONTHS_BACK).first, "ends_on__lt": until}
    option = ContractOption.objects.filter(
        contract=OuterRef("contract"), product=OuterRef("tariff__product"), **ends
    ).order_by("-ends_on")
    found = (
        Charge.objects.filter(
            AS_RATED | Q(source__startswith=f"{CHANGED}:"),
            ASKED_FOR,
            contract__in=Contract.objects.filter(
                Q(**ends) | Q(pk__in=ContractOption.objects.filter(**ends).values("contract"))
            ),
            kind__in=_KINDS,
            period__startswith__lt=until,
        )
        .annotate(
            last_day=Least(
                "contract__ends_on",
                Case(When(kind=Charge.Kind.OPTION, then=Subquery(option.values("ends_on")[:1]))),
            )
        )
        .filter(period__endswith__gt=F("last_day") + timedelta(days=1))
        .select_related("account", "invoice")
        .order_by("id")
    )
    for charge in found:
        if charge.period.lower > charge.last_day or by_days(charge):
            yield charge


def _settle(contract: Contract, charges: Sequence[Charge], *, by: User, at: datetime) -> int:
    now = rated_now(contract, charges)
    back: dict[Invoice | None, dict[Charge, int]] = {}
    for charge in charges:
        stays = sum(
            each.amount
            for each in now
            if (each.kind, each.tariff_id, each.source) == (charge.kind, charge.tariff_id, "")
            and charge.period.lower <= each.period_from
            and each.period_to <= charge.period.upper
        )
        if (left := left_of(charge)) > stays:
            back.setdefault(charge.invoice, {})[charge] = left - stays
    return give_all_back(back, why=ENDED_BACK, by=by, at=at)
