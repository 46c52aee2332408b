"""Credit control: breaches of duties, and what follows: suspension, ending, content taken away, damages, or nothing."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial
from typing import Any

from config.demonstration import endings, sanctions
from config.demonstration.world import World, of_article
from contracts.guards.violation import ending_grounds, suspension_grounds
from contracts.models import Contract, Violation
from contracts.services.claim_damage import claim_damage
from contracts.services.close_violation import cure_violation, dismiss_violation
from contracts.services.record_violation import record_violation
from contracts.services.sanction_violation import end_for_violation, suspend_for_violation
from contracts.services.take_content_measure import announce_content_measure, take_content_measure
from terms.article import ArticleRef
from terms.document import Ground
from terms.pack import Pack
from workflow.errors import Refused

BREACHED = "duty breached"
HALF_A_YEAR = 18
"""The weeks in which each duty is to come up."""


def take_up_untried(world: World, pack: Pack) -> None:
    """Each week the next duty that nobody breached yet; more at a time where there are many."""
    for duty in world.untried(BREACHED, pack.duties, of_article)[: 1 + len(pack.duties) // HALF_A_YEAR]:
        contract = world.some(pack.code)
        if contract is not None:
            _record(world, pack, contract, duty)


def _record(world: World, pack: Pack, contract: Contract, duty: Ground) -> None:
    by_another = pack.use_by_others is not None and world.chance(0.3)
    violation = record_violation(
        contract=contract,
        by=world.staff["credit"],
        on=world.today,
        duty=duty.code,
        happened_on=world.today - timedelta(days=world.rng.randint(0, 6)),
        reported_by=world.rng.choice(["設備部門の監視", "第三者からの通報", "現地調査"]),
        evidence=f"「{duty.label}」に反する事実を記録で確認した",
        other_user="同居人" if by_another else "",
        claimant="被害を申し出た者" if pack.claims and world.chance(0.5) else "",
    )
    world.take_up(BREACHED, of_article(duty))
    lent = pack.lent_equipment
    if lent and duty.code in lent.reparation_duties:
        world.within(1, 3, partial(_claim, world, violation))
    if _measure(world, pack, violation, duty):
        return
    follows = world.rng.choices([_suspend, _end, _cure, _dismiss], [30, 8, 42, 20])[0]
    world.within(1, 4, partial(follows, world, violation))


def _measure(world: World, pack: Pack, violation: Violation, duty: Ground) -> bool:
    """Content is dealt with where the document says how: told first where it asks for that."""
    table = pack.content_measures
    if table is None or all(article.head != duty.article.head for article in table.breach_of):
        return False
    kind = min(table.kinds, key=lambda kind: world.tally[_measured(pack, kind)])
    world.tally[_measured(pack, kind)] += 1
    said: Mapping[str, Any] = {
        "kind": kind,
        "content": "https://www.example.jp/board/ の投稿",
        "reason": f"「{duty.label}」に当たるため",
    }
    if table.prior_notice:
        day = world.today + timedelta(days=5)
        announce_content_measure(
            violation=violation, by=world.staff["credit"], at=world.at(11), planned_on=day, **said
        )
        world.on(day, partial(_take, world, violation, said))
    else:
        _take(world, violation, said)
    return True


def _measured(pack: Pack, kind: str) -> str:
    return f"content measure: {pack.code} {kind}"


def _take(world: World, violation: Violation, said: Mapping[str, Any]) -> None:
    violation.refresh_from_db()
    take_content_measure(violation=violation, by=world.staff["credit"], at=world.at(12), **said)
    world.within(3, 10, partial(_cure, world, violation))


def _claim(world: World, violation: Violation) -> None:
    claim_damage(
        violation=violation,
        by=world.staff["credit"],
        on=world.today,
        amount=world.rng.choice([4_000, 9_800, 15_000]),
        pay_by=world.today + timedelta(days=30),
    )
    world.tally[f"damages claimed: {violation.article}"] += 1


def _suspend(world: World, violation: Violation) -> None:
    contract = violation.contract
    contract.refresh_from_db()
    grounds = suspension_grounds(contract.pack(world.today), _article(violation))
    if contract.state != Contract.State.ACTIVE or not grounds:
        _cure(world, violation)
        return
    starts_on = world.today + timedelta(days=10)
    ground = world.rarest(sanctions.ENFORCED, [ground for ground in grounds if not ground.until_paid])
    suspension = suspend_for_violation(
        violation=violation,
        by=world.staff["credit"],
        at=world.at(10),
        ground=ground.code,
        reason=violation.evidence,
        starts_on=starts_on,
        through=starts_on + timedelta(days=13),
    )
    world.take_up(sanctions.ENFORCED, of_article(ground))
    world.within(1, 2, partial(sanctions.approve, world, suspension))
    if world.chance(0.5):
        world.within(4, 20, partial(_cure, world, violation))


def _end(world: World, violation: Violation) -> None:
    """Serious enough to end the contract without suspending first, where the document has such a ground."""
    contract = violation.contract
    contract.refresh_from_db()
    grounds = [
        ground
        for ground in ending_grounds(contract.pack(world.today), _article(violation))
        if not ground.after_suspension and not ground.demand_first
    ]
    if contract.state != Contract.State.ACTIVE or not grounds:
        _suspend(world, violation)
        return
    ground = world.rarest(endings.ENDED, grounds)
    try:
        proposal = end_for_violation(
            violation=violation,
            by=world.staff["credit"],
            at=world.at(10),
            ground=ground.code,
            reason=violation.evidence,
            ends_on=world.today + timedelta(days=2 if ground.immediate else endings.NOTICE_DAYS),
        )
    except Refused as refused:
        world.turned_down("ending by the operator", refused)
        return
    world.take_up(endings.ENDED, of_article(ground))
    world.within(1, 2, partial(endings.approve, world, proposal, ground))


def _cure(world: World, violation: Violation) -> None:
    violation.refresh_from_db()
    if violation.state in (Violation.State.OPEN, Violation.State.ACTED_ON):
        cure_violation(
            violation=violation,
            by=world.staff["credit"],
            on=world.today,
            reason="契約者が是正し、再発しない旨を確認した",
        )
        world.tally["breach cured"] += 1


def _dismiss(world: World, violation: Violation) -> None:
    dismiss_violation(
        violation=violation,
        by=world.staff["credit"],
        on=world.today,
        reason="調査の結果、違反に当たらないと判断した",
    )
    world.tally["breach dismissed"] += 1


def _article(violation: Violation) -> ArticleRef:
    return ArticleRef.parse(violation.article)
