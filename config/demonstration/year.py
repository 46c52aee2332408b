"""Months of an operator's life, day by day, through the services that staff and jobs use."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from functools import partial
from random import Random

from billing.services.run_arrears import run_arrears
from config.demonstration import (
    api_duties,
    api_life,
    arrivals,
    books,
    breaches,
    changes,
    closures,
    damages,
    desk,
    endings,
    equipment,
    faults,
    fees,
    groups,
    lines,
    mails,
    measures,
    papers,
    parties,
    partners,
    retention,
    sanctions,
    site,
    versions,
)
from config.demonstration.api_customers import ApiCustomers
from config.demonstration.money import Payers
from config.demonstration.records import MeasuringSystem
from config.demonstration.staff import hire
from config.demonstration.tills import Tills
from config.demonstration.world import World, documents
from contracts.models import Contract
from contracts.services.carry_out_day import carry_out_day
from lineinfo.services.carry_out_api_day import carry_out_api_day
from notices.services.dispatch_notice import dispatch_queued
from notices.services.print_letters import print_letters
from terms.calendar import Month
from terms.pack import Pack

ARRIVING = 0.75
CLOSING = 12
"""The newcomers spread over the first three quarters of the time, so that there is time to live in; and on which day of the month the books
of the month before last are closed."""

WEEKLY: Mapping[int, Sequence[Callable[[World, Pack], None]]] = {
    1: (arrivals.fill_up, parties.take_up_untried, papers.take_up_untried),
    2: (site.maintain, sanctions.take_up_untried, endings.end_for_cause),
    3: (
        measures.take_up_untried,
        lines.change,
        breaches.take_up_untried,
        closures.take_up_untried,
    ),
    0: (api_life.befall, api_duties.take_up_untried, versions.renew, mails.come_back, fees.change),
    5: (arrivals.fill_up, parties.take_up_untried, groups.take_up_untried),
    4: (equipment.look_after, equipment.inspect, faults.report, damages.befall),
}
"""What the staff do under each document on which day of the week (0 is Monday)."""


def live(
    *,
    first: date,
    months: int,
    subscribers: int,
    seed: int,
    until: date | None = None,
    progress: Callable[[World], None],
) -> World:
    """Live ``months`` months from the first day of ``first``'s month (to ``until``, not included, where that is earlier).

    The same arguments on the same code and an empty database give the same life. ``progress`` is called after each month.
    Returns the world with its tally of everything that happened.
    """
    start, end = Month.of(first).first, Month.of(first).plus(months).first
    end = min(end, until) if until else end
    world = World(rng=Random(seed), staff=hire(), today=start, began=start)
    with Tills(f"{seed}-{start:%Y%m}") as tills:
        payers, api, network = Payers(world, tills), ApiCustomers(world), MeasuringSystem(world)
        world.on_opening += [partial(_opened, world), api.consider]
        days = max(1, int((end - start).days * ARRIVING))
        coming = sorted(world.rng.randrange(days) for _ in range(subscribers))
        while world.today < end:
            passed = (world.today - start).days
            _live_a_day(
                world, payers, api, network, newcomers=coming.count(passed), first_day=world.today == start
            )
            world.today += timedelta(days=1)
            if world.today.day == 1:
                progress(world)
    return world


def _opened(world: World, contract: Contract) -> None:
    changes.live_on(world, contract)
    sanctions.consider(world, contract)
    if contract.parent_id is None and world.chance(arrivals.BESIDE):
        world.within(2, 15, partial(arrivals.apply_for, world, contract.subscriber, beside=contract))


def _live_a_day(
    world: World,
    payers: Payers,
    api: ApiCustomers,
    network: MeasuringSystem,
    *,
    newcomers: int,
    first_day: bool,
) -> None:
    if first_day:
        retention.decide(world)
    if world.today.weekday() == 0:
        # In the night, before there is anybody new whom no notice has reached.
        retention.erase(world)
    # The night before: what has its day today, then the debts as they stand.
    _count(world, "by the clock", carry_out_day(on=world.today))
    _count(world, "by the clock", carry_out_api_day(at=world.at(0, 30)))
    _count(world, "arrears", run_arrears(on=world.today))
    world.live_through()
    for _ in range(newcomers):
        arrivals.arrive(world)
    payers.bank.list_deposits()
    desk.answer_requests(world)
    site.break_lines(world)
    if world.today.day == 1 and not first_day:
        payers.bill_last_month()
        network.deliver()
    if world.today.day == CLOSING and (world.today - world.began).days > 70:
        world.attempt(partial(books.close, world))
    for do in WEEKLY.get(world.today.weekday(), ()):
        for pack in documents(world.today):
            world.attempt(partial(do, world, pack))
    if world.today.weekday() == 0:
        world.attempt(api.fill_up)
        api.call()
        books.keep(world)
        partners.deal(world)
        mails.put_right(world)
        retention.hold(world)
    world.attempt(payers.pay_at_last)
    papers.hand_over(world)
    sent = dispatch_queued(at=world.at(20))
    world.tally["notices sent by e-mail"] += sent.dispatched
    world.tally["notices to be tried again"] += sent.postponed
    world.tally["notices that failed, and go out as letters"] += sent.failed
    while print_letters(at=world.at(21)):
        world.tally["batches of letters printed"] += 1


def _count(world: World, what: str, counts: dict[str, int]) -> None:
    for name, number in counts.items():
        world.tally[f"{what}: {name}"] += number
