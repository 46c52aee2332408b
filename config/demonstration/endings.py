"""The operator ends contracts: proposed by one person, approved by a second, on each ground that a document lists."""

from datetime import timedelta
from functools import partial

from django.core.exceptions import ValidationError

from config.demonstration.world import World, alone, of_article
from contracts.guards.ending import operator_grounds
from contracts.models import Contract, EndingProposal
from contracts.services.approve_ending import approve_ending
from contracts.services.demand_performance import demand_performance
from contracts.services.propose_ending import propose_ending
from contracts.services.reject_ending import reject_ending
from terms.document import EndingGround
from terms.pack import Pack
from workflow.errors import Refused, WrongState

NOTICE_DAYS = 20
ENDED = "ended by the operator"


def end_for_cause(world: World, pack: Pack) -> None:
    """Take up a ground that has not come up yet, for a contract that there is."""
    for ground in world.untried(ENDED, operator_grounds(pack), of_article):
        contract = _chosen(world, pack.code, ground)
        if contract is not None:
            world.take_up(ENDED, of_article(ground))
            _begin(world, contract, ground)
            break


def _chosen(world: World, terms_code: str, ground: EndingGround) -> Contract | None:
    """A contract for the ground: one that is suspended where the document wants that first."""
    state = Contract.State.SUSPENDED if ground.after_suspension else Contract.State.ACTIVE
    found = list(
        Contract.objects.filter(terms_code=terms_code, state=state, linked__isnull=True)
        .exclude(pk__in=alone())
        .order_by("pk")[:40]
    )
    if ground.after_suspension:
        found = [
            contract
            for contract in found
            if contract.suspensions.filter(state="in_force", starts_on__lt=world.today).exists()
        ]
    return world.rng.choice(found) if found else None


def _begin(world: World, contract: Contract, ground: EndingGround) -> None:
    if ground.demand_first:
        demand_performance(
            contract=contract,
            by=world.staff["credit"],
            at=world.at(10),
            ground=ground.code,
            reason=f"{ground.label}について是正を求めます。",
            perform_by=world.today + timedelta(days=14),
        )
        world.within(16, 18, partial(_propose, world, contract, ground))
    else:
        _propose(world, contract, ground)


def _propose(world: World, contract: Contract, ground: EndingGround) -> None:
    contract.refresh_from_db()
    try:
        proposal = propose_ending(
            contract=contract,
            by=world.staff["credit"],
            at=world.at(10),
            ground=ground.code,
            reason=f"{ground.label}に当たる事実を確認したため",
            ends_on=world.today + timedelta(days=2 if ground.immediate else NOTICE_DAYS),
        )
    except Refused as refused:
        world.turned_down("ending by the operator", refused)
        world.let_go(ENDED, of_article(ground))
        return
    world.within(1, 1, partial(approve, world, proposal, ground))


def approve(world: World, proposal: EndingProposal, ground: EndingGround) -> None:
    """A second person says yes to what was proposed, where the contract still runs."""
    contract = proposal.contract
    contract.refresh_from_db()
    try:
        approve_ending(proposal=proposal, by=world.staff["credit2"], at=world.at(11))
    except (Refused, WrongState, ValidationError):
        # It was paid, cured or ended since: the ground is taken up for another contract.
        world.let_go(ENDED, of_article(ground))
        reject_ending(
            proposal=proposal, by=world.staff["credit2"], at=world.at(11), reason="事情が変わったため"
        )
