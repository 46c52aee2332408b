"""Damages: a partner's service fails and the partner pays for it; subscribers claim what a failure beyond outages cost them."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from functools import partial

from billing.models import DamageClaim
from billing.services.answer_damage_claim import answer_damage_claim, pay_damage_claim, refuse_damage_claim
from billing.services.receive_damage_claim import receive_damage_claim
from config.demonstration.world import World
from contracts.models import Contract, Partner, PartnerFault, Subscriber
from contracts.services.record_partner_fault import record_partner_damages, record_partner_fault
from terms.pack import Pack
from terms.rules.consumer_liability import ConsumerLiability
from terms.rules.outage_damages import OutageDamages

FAILED, CLAIMED = "partner's service failed", "damages claimed"
AGAIN = 0.01
"""How often a week one more of these happens under a document, after the first."""
CONCERNED = 3
"""So many lines at most does one failure take down."""


def befall(world: World, pack: Pack) -> None:
    """Under a document that has the operator answer for partners, or to consumers, each of it once at least, and now and then again."""
    _partner_fails(world, pack)
    if pack.has(ConsumerLiability):
        name = f"{CLAIMED}: {pack.code}"
        course = world.scarcest(name, list(_COURSES))
        if not world.tally[f"{name} {course}"] or world.chance(AGAIN):
            _be_claimed(world, pack, course)


def _partner_fails(world: World, pack: Pack) -> None:
    """Lines are down for more than a day, all by the same failure; what the partner pays is known a month later."""
    rule = pack.rule(OutageDamages) if pack.has(OutageDamages) else None
    name = f"{FAILED}: {pack.code}"
    if rule is None or not rule.partner_faults or (world.tally[name] and not world.chance(AGAIN)):
        return
    running = Contract.objects.filter(
        terms_code=pack.code, state=Contract.State.ACTIVE, line__isnull=False, service_start__lt=world.today
    ).exclude(line__outages__restored__isnull=True, line__outages__isnull=False)
    lines = [contract.line for contract in running.select_related("line").order_by("pk")[:CONCERNED]]
    partner = Partner.objects.filter(
        role__in=[Partner.Role.WHOLESALER, Partner.Role.INTERCONNECTED_CARRIER]
    ).first()
    if partner is None or not lines:
        return
    began = world.at(3) - timedelta(days=2)
    fault = record_partner_fault(
        partner=partner,
        by=world.staff["network"],
        at=world.at(15),
        began=began,
        what="中継区間の伝送装置が故障し、予備系への切替えも行われなかった",
        known=began + timedelta(minutes=20),
        restored=world.at(9),
        lines=[line for line in lines if line],
    )
    world.tally[name] += 1
    world.within(35, 45, partial(_partner_pays, world, fault))


def _partner_pays(world: World, fault: PartnerFault) -> None:
    """Less than what all of them could ask for together."""
    record_partner_damages(
        fault=fault,
        by=world.staff["billing"],
        on=world.today,
        received=world.rng.choice([1_200, 4_000, 9_000]),
        received_on=world.today,
        reason="卸元からの損害金の支払通知による",
    )
    world.tally["damages received from a partner"] += 1


def _be_claimed(world: World, pack: Pack, course: str) -> None:
    """Somebody claims for a damage; a second person answers."""
    kind, what, loss, answer = _COURSES[course]
    contract = world.some(pack.code, subscriber__kind=kind)
    if contract is None:
        return
    claim = receive_damage_claim(
        contract=contract,
        by=world.staff["billing"],
        at=world.at(11),
        happened_on=world.today - timedelta(days=1),
        what=what,
        loss=loss,
    )
    world.tally[f"{CLAIMED}: {pack.code} {course}"] += 1
    world.within(4, 9, partial(answer, world, claim))


def _answer(world: World, claim: DamageClaim) -> None:
    """A consumer is owed the damage within the document's limit, and is paid; nobody else is owed anything."""
    answer_damage_claim(claim=claim, by=world.staff["billing2"], at=world.at(14))
    if claim.state == DamageClaim.State.GRANTED:
        world.within(5, 10, partial(_pay, world, claim))


def _pay(world: World, claim: DamageClaim) -> None:
    pay_damage_claim(
        claim=claim, by=world.staff["billing"], on=world.today, reason="契約者の指定する口座へ振り込んだ"
    )


def _refuse(world: World, claim: DamageClaim) -> None:
    refuse_damage_claim(
        claim=claim,
        by=world.staff["billing2"],
        at=world.at(14),
        reason="現地を調査した結果、当社の工事による損傷とは認められないため",
    )


_COURSES: Mapping[str, tuple[str, str, int, Callable[[World, DamageClaim], None]]] = {
    "paid": (
        Subscriber.Kind.PERSON, "宅内工事の際に壁紙と巾木を損傷したとの申出", 38_000, _answer
    ),
    "not owed to a corporation": (
        Subscriber.Kind.CORPORATION, "設定の誤りにより受発注システムが使えず、代替の手配に要した費用", 240_000, _answer
    ),
    "no such damage found": (
        Subscriber.Kind.PERSON, "回線工事の後にエアコンが動かなくなったとの申出", 12_000, _refuse
    ),
}  # fmt: skip
"""Whose claim it is, for what, of how many yen, and what becomes of it."""
