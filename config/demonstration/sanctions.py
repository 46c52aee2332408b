"""Sanctions by hand, for grounds other than debts: proposed by one person, approved by a second, noticed, enforced, lifted."""

from datetime import timedelta
from functools import partial

from billing.services.cure_arrears import UNPAID
from config.demonstration.endings import ENDED
from config.demonstration.world import World, of_article
from contracts.guards.ending import operator_grounds
from contracts.models import Contract, Suspension
from contracts.services.approve_suspension import approve_suspension
from contracts.services.enforce_suspension import enforce_suspension
from contracts.services.give_suspension_notice import give_suspension_notice
from contracts.services.lift_suspension import lift_suspension
from contracts.services.propose_suspension import propose_suspension
from contracts.services.withdraw_suspension import withdraw_suspension
from terms.document import SuspensionGround
from terms.pack import Pack

MISCONDUCT = 0.025
ENFORCED = "suspension enforced"


def consider(world: World, contract: Contract) -> None:
    """Few break their duties; under a document without suspensions nothing follows here."""
    if world.chance(MISCONDUCT):
        world.within(30, 200, partial(propose, world, contract))


def take_up_untried(world: World, pack: Pack) -> None:
    """A ground on which no suspension came into force yet, for a contract that there is."""
    untried = world.untried(ENFORCED, _by_hand(pack), of_article)
    if untried and (contract := world.some(pack.code)):
        propose(world, contract, untried[0])


def _by_hand(pack: Pack) -> list[SuspensionGround]:
    """What is unpaid is the clock's."""
    return [ground for ground in pack.suspension.grounds if ground.code != UNPAID] if pack.suspension else []


def propose(world: World, contract: Contract, ground: SuspensionGround | None = None) -> None:
    """Propose a suspension on the ground, or on the one that came up least; nothing where the contract is not in use."""
    contract.refresh_from_db()
    grounds = _by_hand(contract.pack(world.today))
    if contract.state != Contract.State.ACTIVE or not grounds:
        return
    ground = ground or world.rarest(ENFORCED, grounds)
    starts_on = world.today + timedelta(days=10)
    suspension = propose_suspension(
        contract=contract,
        by=world.staff["credit"],
        at=world.at(10),
        ground=ground.code,
        reason=f"{ground.label}に当たる事実を確認したため",
        starts_on=starts_on,
        through=None if ground.until_paid else starts_on + timedelta(days=world.rng.choice([13, 29, 59])),
    )
    world.take_up(ENFORCED, of_article(ground))
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
    # The first on each ground is carried out.
    if not world.lacks(ENFORCED, f"{suspension.article} {suspension.ground}") and (
        world.chance(0.5) or world.lacks("moved", "suspension withdraw")
    ):
        withdraw_suspension(
            suspension=suspension,
            by=world.staff["credit"],
            on=world.today,
            reason="通知の後、違反が解消されたため",
        )
        world.tally["suspension withdrawn, cured"] += 1
        return
    enforce_suspension(suspension=suspension, by=world.staff["credit"], on=world.today, still_holds=True)
    if suspension.through is None:
        # It lasts until somebody pays, who does.
        world.within(10, 30, partial(_lift, world, suspension))
        return
    # One that is not cured ends the contract, where that did not come up yet.
    after = [
        ground
        for ground in operator_grounds(suspension.contract.pack(world.today))
        if ground.after_suspension
    ]
    if world.chance(0.5) and not world.lacks(ENDED, *map(of_article, after)):
        world.within(3, 12, partial(_lift, world, suspension))


def _lift(world: World, suspension: Suspension) -> None:
    suspension.refresh_from_db()
    if suspension.state == Suspension.State.IN_FORCE:
        lift_suspension(
            suspension=suspension, by=world.staff["credit"], on=world.today, reason="違反の解消を確認したため"
        )
        world.tally["suspension lifted"] += 1
