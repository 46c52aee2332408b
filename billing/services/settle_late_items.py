"""An item change that was recorded after its days were billed: the months come to what they would have come to in time."""

import logging
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from functools import partial

from django.db.models import BigIntegerField, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from billing.models import Charge, Invoice
from billing.out_of_turn import row_of
from billing.selectors import unbilled_since
from billing.services.give_back import (
    ASKED_FOR,
    CHANGED_BACK,
    by_days,
    give_all_back,
    left_of,
    rated_now,
    settle_each,
)
from contracts.models import Contract, ProductChange
from workflow.models import User

logger = logging.getLogger(__name__)

CHANGED = "changed"
"""The source of what is charged after a late change names the charge in whose place it stands."""


def settle_late_items(*, by: User, at: datetime) -> int:
    """Give back what was charged for an item on days on which the contract had another, and charge that one.

    What we asked for ourselves goes back by a credit note; what a billing operator was assigned, by a line on our next invoice.
    The other charges wait for the next invoice of whoever prices the course. Safe to run twice. A contract for which it cannot
    be done is left for the next time, and logged. How many sums were given back or charged.
    """
    return settle_each(_of_another_item(), partial(_settle, by=by, at=at), of="item change")


def _of_another_item() -> Iterator[Charge]:
    """Fees of months that a run billed, for an item that the contract did not have then.

    Fees that fall due whole are those of the item on the first day that they are for.
    """
    until = unbilled_since()
    if until is None:
        return
    changes = ProductChange.objects.filter(contract=OuterRef("contract"))
    had = changes.filter(on__gt=OuterRef("period__startswith")).order_by("on").values("old_id")[:1]
    within = changes.filter(on__gt=OuterRef("period__startswith"), on__lt=OuterRef("period__endswith"))
    found = (
        Charge.objects.filter(
            ASKED_FOR,
            contract__in=ProductChange.objects.values("contract"),
            kind=Charge.Kind.BASE,
            tariff__product__isnull=False,
            period__startswith__lt=until,
        )
        .annotate(
            had=Coalesce(Subquery(had), F("contract__product_id"), output_field=BigIntegerField()),
            changed=Exists(within),
            priced=F("tariff__product_id"),
        )
        .filter(~Q(had=F("priced")) | Q(changed=True))
        .select_related("account", "invoice")
        .order_by("id")
    )
    for charge in found:
        if charge.had != charge.priced or by_days(charge):
            yield charge


def _settle(contract: Contract, charges: Sequence[Charge], by: User, at: datetime) -> int:
    now = [each for each in rated_now(contract, charges) if each.kind == Charge.Kind.BASE]
    asked = Charge.objects.filter(contract=contract, kind=Charge.Kind.BASE).exclude(
        invoice__state=Invoice.State.VOID
    )
    known = [(each.tariff_id, *_span(each)) for each in asked]
    back: dict[Invoice | None, dict[Charge, int]] = {}
    made: list[Charge] = []
    for charge in charges:
        mine = [
            each
            for each in now
            if charge.period.lower <= each.period_from and each.period_to <= charge.period.upper
        ]
        from_, to = _span(charge)
        if mine and contract.ends_on is not None and from_ <= contract.ends_on < to:
            to = max(each.period_to for each in mine)  # the days after its end go back apart
        if _days({(each.period_from, each.period_to) for each in mine}) != (to - from_).days:
            logger.warning("charge %s is for other days than it would be by now", charge.pk)
            continue
        stays = sum(each.amount for each in mine if each.tariff_id == charge.tariff_id)
        if (left := left_of(charge)) > stays:
            back.setdefault(charge.invoice, {})[charge] = left - stays
        for each in mine:
            if each.tariff_id == charge.tariff_id or any(
                tariff_id == each.tariff_id and from_ <= each.period_from and each.period_to <= to
                for tariff_id, from_, to in known
            ):
                continue
            known.append((each.tariff_id, each.period_from, each.period_to))
            made.append(
                row_of(
                    each,
                    account=charge.account,
                    contract_id=contract.pk,
                    terms_code=charge.terms_code,
                    source=f"{CHANGED}:{charge.pk}",
                )
            )
    Charge.objects.bulk_create(made)
    return len(made) + give_all_back(back, why=CHANGED_BACK, by=by, at=at)


def _span(charge: Charge) -> tuple[date, date]:
    return charge.period.lower, charge.period.upper


def _days(spans: set[tuple[date, date]]) -> int:
    return sum((to - from_).days for from_, to in spans)
