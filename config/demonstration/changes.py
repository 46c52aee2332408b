"""Subscribers change their minds: options, pauses, endings."""

from datetime import date
from functools import partial

from config.demonstration.world import World
from contracts.models import Contract, Product, Request, Work
from contracts.services.cancel_work import cancel_work
from contracts.services.receive_request import receive_request
from terms.calendar import Month
from workflow.errors import Refused


def cancel_before_opening(world: World, contract: Contract) -> None:
    """An accepted contract is given up before it opens."""
    contract.refresh_from_db()
    if contract.state != Contract.State.ACCEPTED:
        return
    for work in contract.works.filter(state__in=[Work.State.PLANNED, Work.State.STARTED]):
        cancel_work(work=work, by=world.staff["network"], at=world.at(11), reason="開通前の取消し")
    _ask(world, contract, Request.Kind.CANCELLATION, {"reason": "都合により"})


def live_on(world: World, contract: Contract) -> None:
    """Plan what this subscriber will ask for in the time to come."""
    if world.chance(0.10):
        world.within(20, 200, partial(_pause, world, contract))
    if world.chance(0.15):
        world.within(20, 250, partial(_change_option, world, contract))
    if world.chance(0.14):
        world.within(45, 330, partial(_end, world, contract))


def _pause(world: World, contract: Contract) -> None:
    allowed = contract.pack(world.today).pause is not None and contract.partner_id is None
    if _is_active(contract) and allowed and _ask(world, contract, Request.Kind.PAUSE, {"on": world.today}):
        world.within(20, 60, partial(_resume, world, contract))


def _resume(world: World, contract: Contract) -> None:
    contract.refresh_from_db()
    if contract.state == Contract.State.PAUSED:
        _ask(world, contract, Request.Kind.RESUME, {"on": world.today})


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
    _ask(world, contract, Request.Kind.OPTION, {"product": product.code, "action": action, "on": world.today})


def _end(world: World, contract: Contract) -> None:
    """Give notice: to the end of the month, or where the document asks for more time, to the end of the one after."""
    if not _is_active(contract):
        return
    ends_on = Month.of(world.today).last
    reason = world.rng.choice(
        ["転居のため", "他社へ乗り換えるため", "事業所閉鎖のため", "利用しなくなったため"]
    )
    if not _ask(world, contract, Request.Kind.ENDING, {"ends_on": ends_on, "reason": reason}):
        later = Month.of(ends_on).plus(1).last
        if not _ask(world, contract, Request.Kind.ENDING, {"ends_on": later, "reason": reason}):
            _ask(
                world,
                contract,
                Request.Kind.ENDING,
                {"ends_on": Month.of(ends_on).plus(2).last, "reason": reason},
            )


def _is_active(contract: Contract) -> bool:
    contract.refresh_from_db()
    return bool(contract.state == Contract.State.ACTIVE)


def _ask(world: World, contract: Contract, kind: str, details: dict[str, str | date]) -> bool:
    """Hand the request in, in the form that the document asks for; False when it is refused at once."""
    ending = contract.pack(world.today).subscriber_ending
    written = kind == Request.Kind.ENDING and ending is not None and ending.form == "written"
    try:
        receive_request(
            by=world.staff["reception"],
            at=world.at(world.rng.randint(9, 16)),
            kind=kind,
            subscriber=contract.subscriber,
            terms_code=contract.terms_code,
            form=Request.Form.WRITTEN if written else Request.Form.WEB,
            details=details,
            contract=contract,
        )
    except Refused as refused:
        world.tally[f"request refused at the desk: {refused.refusal.article} {refused.refusal.code}"] += 1
        return False
    world.tally[f"request received: {contract.terms_code} {kind}"] += 1
    return True
