"""Subscribers change their minds: options, pauses, endings."""

from collections.abc import Mapping
from functools import partial

from config.demonstration import places
from config.demonstration.asking import ask
from config.demonstration.world import World
from contracts.models import Contract, Product, Request, Work
from contracts.services.cancel_work import cancel_work
from terms.calendar import Month


def cancel_before_opening(world: World, contract: Contract) -> bool:
    """An accepted contract is given up before it opens; False where it opened already."""
    contract.refresh_from_db()
    if contract.state != Contract.State.ACCEPTED:
        return False
    for work in contract.works.filter(state__in=[Work.State.PLANNED, Work.State.STARTED]):
        cancel_work(work=work, by=world.staff["network"], at=world.at(11), reason="開通前の取消し")
    return ask(world, contract, Request.Kind.CANCELLATION, {"reason": "都合により"})


def live_on(world: World, contract: Contract) -> None:
    """Plan what this subscriber will ask for in the time to come."""
    if world.chance(0.10):
        world.within(20, 200, partial(_pause, world, contract))
    if world.chance(0.15):
        world.within(20, 250, partial(_change_option, world, contract))
    for chance, asks in (
        (0.06, _change_item),
        (0.05, _relocate),
        (0.03, _change_otherwise),
        (0.02, _reroute),
    ):
        if world.chance(chance):
            world.within(20, 280, partial(asks, world, contract))
    if world.chance(0.14):
        world.within(45, 330, partial(end, world, contract))


def _pause(world: World, contract: Contract) -> None:
    allowed = contract.pack(world.today).pause is not None and contract.partner_id is None
    if _is_active(contract) and allowed and ask(world, contract, Request.Kind.PAUSE, {"on": world.today}):
        world.within(20, 60, partial(_resume, world, contract))


def _resume(world: World, contract: Contract) -> None:
    contract.refresh_from_db()
    if contract.state == Contract.State.PAUSED:
        ask(world, contract, Request.Kind.RESUME, {"on": world.today})


def _change_option(world: World, contract: Contract) -> None:
    if not _is_active(contract):
        return
    mine = contract.options.filter(ends_on__isnull=True, product__kind=Product.Kind.OPTION)
    carried = mine.select_related("product").first()
    if carried and world.chance(0.5):
        product, action = carried.product, "drop"
    else:
        offered = Product.objects.filter(
            terms_code=contract.terms_code, kind=Product.Kind.OPTION, offered=True
        )
        if not (choice := list(offered.exclude(pk__in=mine.values("product")).order_by("code"))):
            return
        product, action = world.rng.choice(choice), "add"
    ask(world, contract, Request.Kind.OPTION, {"product": product.code, "action": action, "on": world.today})


def _change_item(world: World, contract: Contract) -> None:
    """Often a faster one."""
    if _is_active(contract) and (details := other_item(world, contract)):
        ask(world, contract, Request.Kind.ITEM_CHANGE, details)


def other_item(world: World, contract: Contract) -> Mapping[str, object] | None:
    """Another item of the same document, from today, where there is one."""
    same = Product.objects.filter(
        terms_code=contract.terms_code,
        kind=Product.Kind.BASE,
        offered=True,
        per=contract.product.per,
        beside_terms=contract.product.beside_terms,
        dwelling=contract.product.dwelling,
    ).exclude(pk=contract.product_id)
    choice = list(same.order_by("code"))
    return {"product": world.rng.choice(choice).code, "on": world.today} if choice else None


def _relocate(world: World, contract: Contract) -> None:
    """To another place, now and then outside the area."""
    if _is_active(contract) and contract.line is not None:
        place = places.address(world.rng, outside=world.chance(0.1), building=False)
        ask(world, contract, Request.Kind.RELOCATION, {**place, "on": world.today})


def _reroute(world: World, contract: Contract) -> None:
    if _is_active(contract):
        details = {"reason": "災害に備えた二重化のため", "on": world.today}
        ask(world, contract, Request.Kind.DIFFERENT_ROUTE, details)


def _change_otherwise(world: World, contract: Contract) -> None:
    if _is_active(contract):
        details = {"terminal_point": "2階 書斎", "on": world.today}
        ask(world, contract, Request.Kind.OTHER_CHANGE, details)


def end(world: World, contract: Contract) -> None:
    """Give notice: to the end of the month, or where the document asks for more time, to the end of the one after."""
    if not _is_active(contract):
        return
    ends_on = Month.of(world.today).last
    reason = world.rng.choice(
        ["転居のため", "他社へ乗り換えるため", "事業所閉鎖のため", "利用しなくなったため"]
    )
    if not ask(world, contract, Request.Kind.ENDING, {"ends_on": ends_on, "reason": reason}):
        later = Month.of(ends_on).plus(1).last
        if not ask(world, contract, Request.Kind.ENDING, {"ends_on": later, "reason": reason}):
            ask(
                world,
                contract,
                Request.Kind.ENDING,
                {"ends_on": Month.of(ends_on).plus(2).last, "reason": reason},
            )


def _is_active(contract: Contract) -> bool:
    contract.refresh_from_db()
    return bool(contract.state == Contract.State.ACTIVE)
