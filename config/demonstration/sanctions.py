"""Sanctions by hand, for grounds other than debts: proposed by one person, approved by a second, noticed, enforced, lifted."""

from datetime import timedelta
from functools import partial

from config.demonstration.world import World
from contracts.models import Contract, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.lift_suspension import lift_suspension
from contracts.services.propose_suspension import propose_suspension
from contracts.services.withdraw_suspension import withdraw_suspension
from terms.pack import Pack

MISCONDUCT = 0.025
PROPOSED = "suspension proposed"


def consider(world: World, contract: Contract) -> None:
    """Few break their duties; under a document without suspensions nothing follows here."""
    if world.chance(MISCONDUCT):
        world.within(30, 200, partial(_propose, world, contract))


def take_up_untried(world: World, pack: Pack) -> None:
    """A ground that has not come up yet, for a contract that there is."""
    grounds = (
        [ground for ground in pack.suspension.grounds if not ground.until_paid] if pack.suspension else []
    )
    if world.untried(PROPOSED, grounds) and (contract := world.some(pack.code)):
        _propose(world, contract)


def _propose(world: World, contract: Contract) -> None:
    contract.refresh_from_db()
    table = contract.pack(world.today).suspension
    if contract.state != Contract.State.ACTIVE or table is None:
        return
    ground = world.rarest(
        "suspension proposed", [ground for ground in table.grounds if not ground.until_paid]
    )
    starts_on = world.today + timedelta(days=10)
    suspension = propose_suspension(
        contract=contract,
        by=world.staff["credit"],
        on=world.today,
        ground=ground.code,
        reason=f"{ground.label}に当たる事実を確認したため",
        starts_on=starts_on,
        through=starts_on + timedelta(days=world.rng.choice([13, 29, 59])),
    )
    world.tally[f"suspension proposed: {suspension.article} {ground.code}"] += 1
    world.within(1, 2, partial(approve, world, suspension))


def approve(world: World, suspension: Suspension) -> None:
    """A second person says yes to what was proposed, and the subscriber is told; on its day it is enforced."""
    suspension.refresh_from_db()
    if suspension.state != Suspension.State.PROPOSED:
        return
    approve_suspension(suspension=suspension, by=world.staff["credit2"], at=world.at(10))
    give_suspension_notice(suspension=suspension, by=world.staff["credit2"], at=world.at(11))
    world.on(suspension.starts_on, partial(_enforce, world, suspension))


def _enforce(world: World, suspension: Suspension) -> None:
    suspension.refresh_from_db()
    suspension.contract.refresh_from_db()
    if suspension.state != Suspension.State.NOTICED or not suspension.contract.is_live:
        return
    if world.chance(0.25):
        withdraw_suspension(
            suspension=suspension,
            by=world.staff["credit"],
            on=world.today,
            reason="通知の後、違反が解消されたため",
        )
        world.tally["suspension withdrawn, cured"] += 1
        return
    enforce_suspension(suspension=suspension, by=world.staff["credit"], on=world.today, still_holds=True)
    world.tally[f"suspension in force: {suspension.article} {suspension.ground}"] += 1
    if world.chance(0.5):
        world.within(3, 12, partial(_lift, world, suspension))


def _lift(world: World, suspension: Suspension) -> None:
    suspension.refresh_from_db()
    if suspension.state == Suspension.State.IN_FORCE:
        lift_suspension(
            suspension=suspension, by=world.staff["credit"], on=world.today, reason="違反の解消を確認したため"
        )
        world.tally["suspension lifted"] += 1
