"""Billing: what two people decide on beside the month's run: too little was asked for, at once instead of later, from another day."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from billing.models import Charge, Invoice, MovedFirstDay
from billing.services.bill_at_once import approve_bill, propose_bill, reject_bill
from billing.services.move_first_day import approve_move, move_first_day, moves_by, reject_move
from billing.services.propose_supplement import approve_supplement, propose_supplement, reject_supplement
from config.demonstration.world import World, documents
from terms.calendar import Month

FIRST_DAY = 10
"""Days from the first of a month to the day on which tariff months begin once they were moved."""


def _supplement(world: World, *, agreed: bool) -> bool:
    """A line asked for too little."""
    charge = (
        Charge.objects.filter(
            kind=Charge.Kind.BASE, invoice__state=Invoice.State.SETTLED, supplements__isnull=True
        )
        .order_by("-pk")
        .first()
    )
    if charge is None:
        return False
    supplement = propose_supplement(
        charge=charge,
        amount=world.rng.choice([300, 700, 1_200]),
        reason="品目の変更が料金の計算に反映されていなかったため",
        by=world.staff["billing"],
        at=world.at(13),
    )
    second, at = world.staff["billing2"], world.at(15)
    if agreed:
        approve_supplement(supplement=supplement, by=second, at=at)
    else:
        reject_supplement(supplement=supplement, by=second, at=at, reason="当時の料金表のとおり請求している")
    return True


def _bill_at_once(world: World, *, agreed: bool) -> bool:
    """What was used by yesterday, of somebody who leaves for abroad, where the document has that."""
    if world.today.day < 10:
        return False
    for pack in documents(world.today):
        contract = pack.charging_at_once and world.some(
            pack.code,
            service_start__lt=Month.of(world.today).first,
            extra_bills__isnull=True,
            product__partner__isnull=True,
        )
        if contract:
            bill = propose_bill(
                contract=contract,
                through=world.today - timedelta(days=1),
                reason="海外転居前の精算を求められたため",
                by=world.staff["billing"],
                at=world.at(10),
            )
            second, at = world.staff["billing2"], world.at(11)
            if agreed:
                approve_bill(bill=bill, by=second, at=at)
            else:
                reject_bill(bill=bill, by=second, at=at, reason="次回の請求に含めることで了承を得たため")
            return True
    return False


def _move_first_day(world: World, *, agreed: bool) -> bool:
    """Tariff months begin on another day, from the month after the next on: once."""
    for pack in documents(world.today):
        decided = MovedFirstDay.objects.filter(terms_code=pack.code, decided_on__isnull=False)
        if moves_by(pack) is None or decided.exists() or not world.surely:
            continue
        move = move_first_day(
            terms_code=pack.code,
            since=Month.of(world.today).plus(2).first + timedelta(days=FIRST_DAY),
            reason="請求書の発行時期を平準化するため",
            by=world.staff["billing"],
            at=world.at(10),
        )
        second, at = world.staff["billing2"], world.at(16)
        if agreed:
            approve_move(move=move, by=second, at=at)
        else:
            reject_move(move=move, by=second, at=at, reason="周知の期間が足りないため")
        return True
    return False


ENTRIES: Mapping[str, Callable[[World], bool]] = {
    "supplement": partial(_supplement, agreed=True),
    "supplement not agreed to": partial(_supplement, agreed=False),
    "extra bill": partial(_bill_at_once, agreed=True),
    "extra bill not agreed to": partial(_bill_at_once, agreed=False),
    "move of the tariff month not agreed to": partial(_move_first_day, agreed=False),
    "move of the tariff month": partial(_move_first_day, agreed=True),
}
