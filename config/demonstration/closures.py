"""The end of services: products that go, courses that a partner cancels, lines that are halted."""

from datetime import timedelta
from functools import partial

from config.demonstration.world import World, of_article
from contracts.guards.discontinuation import discontinuation_of
from contracts.models import Contract, ContractOption, Discontinuation, Product
from contracts.services.add_option import RUNNING
from contracts.services.announce_discontinuation import announce_discontinuation
from contracts.services.announce_halt import announce_halt
from contracts.services.cancel_course import record_partner_cancellation
from contracts.services.halt_contract import halt_contract
from contracts.services.halt_option import halt_option
from contracts.services.plan_discontinuation import drop_discontinuation, plan_discontinuation, tell_minister
from terms.document import Ground
from terms.pack import Pack
from terms.registry import statute
from workflow.errors import Refused

PLANNED = "service to be discontinued"
ANNOUNCED, UNTIL_ANNOUNCED = "discontinuation announce", timedelta(days=40)
"""Its name among what moved, and how long it takes from the minister's being told."""
LEAD = timedelta(days=240)
"""From the plan to the last day: longer than the longest time that a document asks for."""


def take_up_untried(world: World, pack: Pack) -> None:
    """A plan to end a product on a ground that did not come up; a halt; a cancelled course."""
    _plan(world, pack)
    if pack.halt and (not world.tally[_halted(pack)] or world.chance(0.01)):
        _announce_halt(world, pack)
    if pack.halt and "option" in pack.halt.halts and not world.tally[_option_halted(pack)]:
        _announce_option_halt(world, pack)
    if pack.partner_cancellation and (not world.tally[_cancelled(pack)] or world.chance(0.05)):
        _cancel_course(world, pack)


def _plan(world: World, pack: Pack) -> None:
    """What nobody needs is planned to end: once in earnest, else the plan is dropped."""
    table = discontinuation_of(pack, statute(world.today))
    ground: Ground | None = None
    if table.grounds:
        ground = next(iter(world.untried(PLANNED, table.grounds, of_article)), None)
        if ground is None:
            return
    elif world.tally[_plans(pack)]:
        return
    product = _least_wanted(pack)
    if product is None or world.today.month % 2:
        return
    upstream = world.chance(0.5)
    last_day = world.today + LEAD
    planned = plan_discontinuation(
        by=world.staff["network"],
        on=world.today,
        terms_code=pack.code,
        products=[product],
        last_day=last_day,
        reason="ご利用が少なくなったため",
        ground=ground.code if ground else "",
        upstream="卸元のサービス" if upstream else "",
        upstream_ends=last_day if upstream else None,
        designated=True,
    )
    world.tally[_plans(pack)] += 1
    if ground:
        world.take_up(PLANNED, of_article(ground))
    world.within(1, 3, partial(_tell_minister, world, planned))


def _least_wanted(pack: Pack) -> Product | None:
    """An option of the demonstration that hardly anybody has; a service where there is none."""
    offered = Product.objects.filter(terms_code=pack.code, offered=True, demonstration=True)
    options = offered.filter(kind=Product.Kind.OPTION)
    return options.order_by("-code").first() or offered.order_by("-code").first()


def _plans(pack: Pack) -> str:
    return f"discontinuation planned under {pack.code}"


def _tell_minister(world: World, planned: Discontinuation) -> None:
    tell_minister(
        discontinuation=planned, by=world.staff["network"], on=world.today, reason="総務大臣届出 第12号"
    )
    # Nobody loses the only one of its kind.
    others = Product.objects.filter(terms_code=planned.terms_code, offered=True, kind=Product.Kind.OPTION)
    in_earnest = bool(world.untried("moved", [ANNOUNCED], str)) and others.count() > 1
    if in_earnest:
        world.take_up("moved", ANNOUNCED, patience=UNTIL_ANNOUNCED)
    world.within(31, 33, partial(_announce if in_earnest else _drop, world, planned))


def _announce(world: World, planned: Discontinuation) -> None:
    try:
        announce_discontinuation(discontinuation=planned, by=world.staff["network"], at=world.at(10))
    except Refused as refused:
        world.turned_down("discontinuation", refused)


def _drop(world: World, planned: Discontinuation) -> None:
    drop_discontinuation(
        discontinuation=planned,
        by=world.staff["network"],
        on=world.today,
        reason="代替設備の見込みが立ったため",
    )
    world.tally["discontinuation dropped"] += 1


def _halted(pack: Pack) -> str:
    return f"halt announced: {pack.code}"


def _announce_halt(world: World, pack: Pack) -> None:
    contract = world.some(pack.code)
    if contract is None:
        return
    starts_on = world.today + timedelta(days=14)
    announce_halt(
        contract=contract,
        by=world.staff["network"],
        at=world.at(10),
        reason="相互接続協定に基づく接続の休止のため",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=30),
    )
    world.tally[_halted(pack)] += 1
    world.on(starts_on, partial(_halt, world, pack, contract))


def _halt(world: World, pack: Pack, contract: Contract) -> None:
    contract.refresh_from_db()
    if contract.state == Contract.State.ACTIVE:
        halt_contract(contract=contract, by=world.staff["network"], on=world.today)
        world.tally["line halted"] += 1
    else:
        world.tally[_halted(pack)] -= 1


def _option_halted(pack: Pack) -> str:
    return f"halt of an option announced: {pack.code}"


def _announce_option_halt(world: World, pack: Pack) -> None:
    carried = ContractOption.objects.filter(
        contract__terms_code=pack.code,
        contract__state=Contract.State.ACTIVE,
        ends_on__isnull=True,
        starts_on__lte=world.today,
        product__kind=Product.Kind.OPTION,
    )
    option = (
        carried.select_related("contract__subscriber", "contract__product", "product").order_by("pk").first()
    )
    if option is None:
        return
    starts_on = world.today + timedelta(days=14)
    announce_halt(
        contract=option.contract,
        by=world.staff["network"],
        at=world.at(10),
        reason="相互接続事業者の機能提供の休止のため",
        starts_on=starts_on,
        ends_on=starts_on + timedelta(days=30),
        option=option,
    )
    world.tally[_option_halted(pack)] += 1
    world.on(starts_on, partial(_halt_option, world, pack, option.pk))


def _halt_option(world: World, pack: Pack, pk: int) -> None:
    option = ContractOption.objects.select_related("contract", "product").get(pk=pk)
    if option.contract.state in RUNNING and option.may_be_halted(world.today):
        halt_option(option=option, by=world.staff["network"], on=world.today)
        world.tally["option halted"] += 1
    else:
        world.tally[_option_halted(pack)] -= 1


def _cancelled(pack: Pack) -> str:
    return f"course cancelled by the partner: {pack.code}"


def _cancel_course(world: World, pack: Pack) -> None:
    contract = world.some(
        pack.code,
        product__partner__isnull=False,
        product__becomes__isnull=False,
        partner_cancellations__isnull=True,
    )
    if contract is None:
        return
    record_partner_cancellation(
        contract=contract,
        by=world.staff["reception"],
        on=world.today,
        effective_on=world.today + timedelta(days=15),
        reference=f"コース解除連絡 {world.today:%Y%m%d}",
    )
    world.tally[_cancelled(pack)] += 1
