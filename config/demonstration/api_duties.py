"""API contractors breach their duties, and what follows: it is cured, sanctioned, dismissed, or damages are claimed, by either side."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from config.demonstration import api_life
from config.demonstration.world import World, of_article
from contracts.guards.violation import suspension_grounds
from lineinfo.models import ApiBreach, ApiContract, ApiDamageClaim, Subcontractor
from lineinfo.services.answer_api_claim import answer_api_claim, receive_api_claim
from lineinfo.services.claim_api_damage import claim_api_damage
from lineinfo.services.close_api_breach import cure_api_breach, dismiss_api_breach
from lineinfo.services.close_api_claim import settle_api_claim, withdraw_api_claim
from lineinfo.services.record_api_breach import record_api_breach
from lineinfo.services.register_subcontractor import register_subcontractor
from lineinfo.services.suspend_for_breach import suspend_for_breach
from terms.article import ArticleRef
from terms.document import Ground
from terms.pack import Pack

BREACHED = "API duty breached"
DOERS = ("the contractor", "an API user", "a subcontractor")
A_QUARTER = 12
"""The weeks in which each duty is to come up."""
AGAIN = 0.02
"""How often a week a contractor claims damages, once the operator has granted and refused some."""


def take_up_untried(world: World, pack: Pack) -> None:
    """Each week the next duties that nobody breached yet, under the document of an API; then what contractors claim."""
    if pack.free_of_charge is None:
        return
    for duty in world.untried(BREACHED, pack.duties, of_article)[: 1 + len(pack.duties) // A_QUARTER]:
        api = api_life.some(world, pack)
        if api is not None:
            _record(world, pack, api, duty)
    if pack.damages and (
        world.lacks("moved", "apidamageclaim grant", "apidamageclaim refuse") or world.chance(AGAIN)
    ):
        _be_claimed(world, pack)


def _record(world: World, pack: Pack, api: ApiContract, duty: Ground) -> None:
    doer = world.scarcest(BREACHED, DOERS) if pack.use_by_others else DOERS[0]
    breach = record_api_breach(
        contract=api,
        by=world.staff["credit"],
        at=world.at(10),
        duty=duty.code,
        happened_on=world.today - timedelta(days=world.rng.randint(0, 6)),
        evidence=f"「{duty.label}」に反する事実をAPI利用の記録で確認した",
        api_user=api.api_users.order_by("pk").first() if doer == DOERS[1] else None,
        subcontractor=_subcontractor(world, api) if doer == DOERS[2] else None,
    )
    world.tally[f"{BREACHED} {doer}"] += 1
    world.take_up(BREACHED, of_article(duty))
    wanted = world.untried("moved", list(FOLLOWS), str)
    follows = wanted[0] if wanted else world.rng.choices(list(FOLLOWS), [50, 20, 15, 15])[0]
    world.take_up("moved", follows)
    world.within(1, 6, partial(FOLLOWS[follows], world, pack, breach))


def _subcontractor(world: World, api: ApiContract) -> Subcontractor:
    found = api.subcontractors.filter(ended_on__isnull=True).first()
    return found or register_subcontractor(
        contract=api,
        by=world.staff["reception"],
        on=world.today,
        name="株式会社デモ監視サービス",
        entrusted="回線の監視システムの運用",
        disclosed="API ID、API仕様書のうち回線状態の取得に係る部分",
        duties_on=world.today,
        supervision="四半期ごとの報告と年1回の立入検査",
    )


def _cure(world: World, pack: Pack, breach: ApiBreach) -> None:
    cure_api_breach(
        breach=breach,
        by=world.staff["credit"],
        at=world.at(15),
        reason="契約者が是正し、再発防止策の報告を受けた",
    )


def _dismiss(world: World, pack: Pack, breach: ApiBreach) -> None:
    dismiss_api_breach(
        breach=breach,
        by=world.staff["credit"],
        at=world.at(15),
        reason="調査の結果、違反に当たらないと判断した",
    )


def _suspend(world: World, pack: Pack, breach: ApiBreach) -> None:
    """Where the document has the API contract suspended for such a breach; until it is cured."""
    grounds = suspension_grounds(pack, ArticleRef.parse(breach.article))
    if grounds:
        ground = world.rarest(api_life.SUSPENDED, grounds)
        starts_on = world.today + timedelta(days=7)
        suspend_for_breach(
            breach=breach,
            by=world.staff["credit"],
            at=world.at(11),
            ground=ground.code,
            reason=breach.evidence,
            starts_on=starts_on,
            through=starts_on + timedelta(days=13),
        )
        world.take_up(api_life.SUSPENDED, of_article(ground))
    world.within(8, 18, partial(_cure, world, pack, breach))


def _claim(world: World, pack: Pack, breach: ApiBreach) -> None:
    """What it cost the operator, where the document lets it claim that; paid in time, or not pursued."""
    if pack.damages is not None:
        claim = claim_api_damage(
            contract=breach.api_contract,
            by=world.staff["credit"],
            at=world.at(13),
            fault=world.rng.choice(pack.damages.claims_for),
            happened="誤った要求の反復により、復旧作業を要した",
            amount=world.rng.choice([30_000, 55_000, 120_000]),
            pay_by=world.today + timedelta(days=30),
            breach=breach,
        )
        paid = not world.lacks("moved", "apidamageclaim withdraw") and world.chance(0.5)
        world.within(10, 25, partial(_settle if paid else _withdraw, world, claim))
    world.within(8, 18, partial(_cure, world, pack, breach))


def _settle(world: World, claim: ApiDamageClaim) -> None:
    settle_api_claim(claim=claim, by=world.staff["credit"], on=world.today, reason="支払いを確認した")


def _withdraw(world: World, claim: ApiDamageClaim) -> None:
    withdraw_api_claim(
        claim=claim, by=world.staff["credit"], on=world.today, reason="損害の額を証明できないため"
    )


def _be_claimed(world: World, pack: Pack) -> None:
    """A contractor claims; what the operator answers for depends on whose fault it was."""
    api = api_life.some(world, pack)
    if api is None:
        return
    claim = receive_api_claim(
        contract=api,
        by=world.staff["reception"],
        at=world.at(10),
        happened="誤った測定値により障害の発見が遅れたとの申出",
        amount=world.rng.choice([80_000, 240_000]),
    )
    fault = world.scarcest("fault found:", list(ApiDamageClaim.Fault.values))
    world.tally[f"fault found: {fault}"] += 1
    world.within(5, 12, partial(_answer, world, claim, fault))


def _answer(world: World, claim: ApiDamageClaim, fault: str) -> None:
    answer_api_claim(
        claim=claim,
        by=world.staff["credit"],
        at=world.at(14),
        fault=fault,
        reason="装置の記録を調査した結果による",
    )
    claim.refresh_from_db()
    if claim.state == ApiDamageClaim.State.GRANTED:
        world.within(5, 10, partial(_settle, world, claim))


FOLLOWS: Mapping[str, Callable[[World, Pack, ApiBreach], None]] = {
    "apibreach cure": _cure,
    "apibreach dismiss": _dismiss,
    "apibreach act_on": _suspend,
    "apidamageclaim withdraw": _claim,
}
"""What follows from a breach, by what moves then."""
