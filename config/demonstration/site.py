"""Network: works on site, openings, outages, maintenance."""

from datetime import datetime, timedelta
from functools import partial

from billing.models import HeldInvoice, ReviewPolicy
from config.demonstration import agreements
from config.demonstration.changes import cancel_before_opening
from config.demonstration.world import World, of_article
from contracts.models import Contract, Interruption, Outage, Subscriber, Work
from contracts.moments import japan_date
from contracts.services.announce_interruption import announce_interruption
from contracts.services.cancel_work import cancel_work
from contracts.services.finish_work import finish_work
from contracts.services.open_contract import open_contract
from contracts.services.record_interruption_times import record_interruption_times
from contracts.services.record_outage import record_outage
from contracts.services.start_work import start_work
from terms.pack import Pack
from terms.rules.construction_cancelled import ConstructionCancelled

BUILT_FOR = (Contract.State.ACCEPTED, Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED)
ANNOUNCED = "interruption announced"
HELD, BILLED = str(HeldInvoice._meta.model_name), timedelta(days=70)
"""A draft that is held, and how long it takes until one is held that was not left out of its run."""
MAINTAINED = 0.4
"""How often a week some lines under a document are maintained."""


def build(world: World, work: Work) -> None:
    """The work is carried out on its day, and the contract opens."""
    if _is_given_up(world, work) or not work_on_site(world, work):
        return
    network = world.staff["network"]
    contract = Contract.objects.select_related("product", "subscriber", "line").get(pk=work.contract_id)
    open_contract(contract=contract, by=network, on=world.today)
    if work.instalments:
        agreements.pay_in_instalments(world, work)
    world.tally[f"contract opened: {contract.terms_code}"] += 1
    for hook in world.on_opening:
        hook(contract)


def _is_given_up(world: World, work: Work) -> bool:
    """Once a work is given up when much of it is done, and costs more than an invoice should come to without a question."""
    work.refresh_from_db()
    contract = work.contract
    pack = contract.pack(world.today)
    rule = pack.rule(ConstructionCancelled) if pack.has(ConstructionCancelled) else None
    if (
        rule is None
        or rule.after_start != "started_part"
        or (work.state, contract.state) != (Work.State.PLANNED, Contract.State.ACCEPTED)
        or contract.subscriber.kind != Subscriber.Kind.CORPORATION
        or not world.untried("recorded", [HELD], str)
    ):
        return False
    policies = ReviewPolicy.objects.filter(terms_code=pack.code, valid_from__lte=world.today)
    policy = policies.order_by("-valid_from").first()
    if policy is None:
        return False
    network = world.staff["network"]
    start_work(work=work, by=network, at=work.planned_at)
    cancel_work(
        work=work,
        by=network,
        at=work.planned_at + timedelta(hours=5),
        cost_so_far=policy.ceiling + 120_000,
        reason="構内管路の新設に着手した後、ビル所有者の承諾が取り消されたため",
    )
    world.take_up("recorded", HELD, patience=BILLED)
    world.within(1, 2, partial(cancel_before_opening, world, contract))
    return True


def work_on_site(world: World, work: Work) -> bool:
    """The people come on the day planned, and leave when it is done. False where it was cancelled meanwhile."""
    work.refresh_from_db()
    if work.state != Work.State.PLANNED:
        return False
    network = world.staff["network"]
    if work.contract.state not in BUILT_FOR:
        # It is ending, or has ended, since the day was appointed.
        cancel_work(work=work, by=network, at=world.at(9), reason="契約の終了に伴う取消し")
        return False
    start_work(work=work, by=network, at=work.planned_at)
    finish_work(work=work, by=network, at=work.planned_at + timedelta(minutes=50))
    world.tally[f"work done: {work.contract.terms_code} {work.kind}"] += 1
    return True


def break_lines(world: World) -> None:
    """Now and then a line goes down: mostly for hours, sometimes for days, rarely by gross negligence."""
    running = Contract.objects.filter(state=Contract.State.ACTIVE, line__isnull=False).select_related("line")
    expected = running.count() * 0.012 / 30
    for contract in _some(world, list(running), expected):
        if contract.line is None:
            continue
        down = world.at(world.rng.randint(0, 20), world.rng.randint(0, 59))
        known = down + timedelta(minutes=world.rng.choice([0, 5, 30, 180]))
        hours = world.rng.choice([2, 6, 20, 25, 30, 49, 75])
        cause = world.rng.choices(list(Outage.Cause.values), [85, 5, 10])[0]
        record_outage(
            line=contract.line,
            by=world.staff["network"],
            down=down,
            known=known,
            restored=known + timedelta(hours=hours),
            cause=cause,
        )
        world.tally[f"outage: {contract.terms_code} {cause}"] += 1


def _some(world: World, contracts: list[Contract], expected: float) -> list[Contract]:
    count = int(expected) + world.chance(expected - int(expected))
    return world.rng.sample(contracts, min(count, len(contracts)))


def maintain(world: World, pack: Pack) -> None:
    """Now and then lines are maintained at night; it is announced a week before, or is an emergency."""
    if pack.interruption is None:
        return
    untried = world.untried(ANNOUNCED, pack.interruption.grounds, of_article)
    if not (world.soon(MAINTAINED) if untried else world.chance(MAINTAINED)):
        return
    running = Contract.objects.filter(
        terms_code=pack.code, state=Contract.State.ACTIVE, line__isnull=False
    ).select_related("line")
    lines = [contract.line for contract in running.order_by("pk")[:20] if contract.line]
    if not lines:
        return
    urgent = pack.interruption.urgent_exception and world.chance(0.3)
    starts_at = world.at(2) + timedelta(days=0 if urgent else 7)
    ground = untried[0] if untried else world.rarest(ANNOUNCED, pack.interruption.grounds)
    window = announce_interruption(
        by=world.staff["network"],
        at=world.at(1 if urgent else 10),
        terms_code=pack.code,
        title="設備メンテナンス" if not urgent else "緊急の設備復旧作業",
        ground=ground.code,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=3),
        lines=lines,
        urgent=urgent,
        urgent_reason="収容ビルの電源設備の故障" if urgent else "",
    )
    world.on(japan_date(starts_at), partial(_done, world, window, starts_at))
    world.take_up(ANNOUNCED, of_article(ground))
    world.tally[f"interruptions {'urgent' if urgent else 'planned'}: {pack.code}"] += 1


def _done(world: World, window: Interruption, began: datetime) -> None:
    """Most are done in the time announced; now and then one takes more than a day."""
    hours = 30 if world.chance(0.05) else 3
    if hours > 24:
        world.on(japan_date(began) + timedelta(days=2), partial(_record_times, world, window, began, hours))
    else:
        _record_times(world, window, began, hours)


def _record_times(world: World, window: Interruption, began: datetime, hours: int) -> None:
    record_interruption_times(
        interruption=window,
        by=world.staff["network"],
        at=world.at(10),
        began=began,
        ended=began + timedelta(hours=hours),
    )
    world.tally["interruption lasted more than a day" if hours > 24 else "interruption done in time"] += 1
