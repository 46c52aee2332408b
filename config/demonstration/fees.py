"""Fees change: a price of the demonstration is raised, posted and told, and somebody objects to it in time."""

from datetime import date, timedelta
from functools import partial

from billing.fee_changes import fees_to_object_to
from billing.models import Tariff, TariffPrice
from billing.services.record_fee_objection import record_fee_objection
from billing.services.set_price import set_price
from config.demonstration.world import World
from terms.calendar import Month
from terms.pack import Pack
from terms.rules.terms_objection import TermsObjection
from workflow.errors import Refused

OBJECTED_TO = "ended by an objection to another fee"
SETTLED = timedelta(days=100)
"""So long after the beginning there is somebody to tell of other fees."""
OBJECTED, PATIENCE = timedelta(days=8), timedelta(days=95)
"""How long before the day of the price somebody objects, and until when it is known whether somebody did."""
RAISED = 100
"""Yen a month; made up, as the fees are."""


def change(world: World, pack: Pack) -> None:
    """Where the document lets a subscriber object to a fee: once, and again where nobody's contract ended by it."""
    rule = pack.rule(TermsObjection) if pack.has(TermsObjection) else None
    if rule is None or not rule.ends_contract or pack.free_of_charge is not None:
        return
    if world.today - world.began < SETTLED or not world.untried(OBJECTED_TO, [pack.code], str):
        return
    contract = world.some(pack.code, linked__isnull=True)
    tariff = contract and Tariff.objects.filter(product=contract.product, kind=Tariff.Kind.BASE).first()
    if not tariff:
        return
    valid_from: date = Month.of(world.today).plus(2).first
    price = set_price(
        tariff=tariff,
        amount=_price(tariff, world.today) + RAISED,
        valid_from=valid_from,
        by=world.staff["billing"],
        at=world.at(10),
        note="デモ事業者の架空の改定",
    )
    world.take_up(OBJECTED_TO, pack.code, patience=PATIENCE)
    world.on(valid_from - OBJECTED, partial(_object, world, pack, price))


def _price(tariff: Tariff, on: date) -> int:
    return int(
        tariff.prices.filter(valid_from__lte=on).order_by("-valid_from").values_list("amount", flat=True)[0]
    )


def _object(world: World, pack: Pack, price: TariffPrice) -> None:
    """Whoever is charged the fee may; the next day somebody else where this one could not."""
    if world.today >= price.valid_from:
        return
    contract = world.some(pack.code, product=price.tariff.product, linked__isnull=True)
    if contract and fees_to_object_to(contract, on=world.today).filter(pk=price.pk).exists():
        try:
            record_fee_objection(
                contract=contract,
                price=price,
                by=world.staff["reception"],
                received_at=world.at(13),
                form="written",
            )
            world.tally["objection to another fee"] += 1
            return
        except Refused as refused:
            world.turned_down("objection to another fee", refused)
    world.within(1, 1, partial(_object, world, pack, price))
