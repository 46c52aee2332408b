"""Reception: consents, what is told about subscribers to others, anti-social checks, what is agreed individually."""

from functools import partial

from billing.models import Tariff
from billing.services.hand_over_documents import hand_over_documents
from config.demonstration.world import World
from contracts.guards.disclosure import PARTNERS, disclosure_grounds
from contracts.models import AntiSocialCheck, Consent, Contract, Disclosure, Partner, Request, Subscriber
from contracts.services.check_anti_social import check_anti_social
from contracts.services.record_consents import record_consents
from contracts.services.record_disclosure import record_disclosure
from contracts.services.record_individual_agreement import record_individual_agreement
from contracts.services.tell_arrears_to_partner import ARREARS_TO_PARTNER
from contracts.services.withdraw_consent import withdraw_consent
from terms.consent import Disclosure as DisclosureTerms
from terms.pack import Pack
from terms.registry import statute

ELECTRONIC = "electronic_contract_document"
DISCLOSED = "disclosure"
AGREED = "consent given apart"
CAME_OUT = "anti-social check came out"


def sign(world: World, contract: Contract) -> None:
    """With the contract comes what is agreed to by it; most take their contract document electronically."""
    at = world.at(17)
    record_consents(contract=contract, by=world.staff["reception"], at=at, form=Request.Form.WRITTEN)
    if world.chance(0.7):
        record_consents(
            contract=contract,
            by=world.staff["reception"],
            at=at,
            form=Request.Form.WEB,
            codes=[ELECTRONIC],
        )


def hand_over(world: World) -> None:
    """The contract documents of the day."""
    world.tally["contract documents handed over"] += hand_over_documents(at=world.at(18))


def take_up_untried(world: World, pack: Pack) -> None:
    """A consent of its own, a disclosure, an agreement that nobody made yet under the document."""
    _agree_apart(world, pack)
    _disclose(world, pack)
    if not world.tally[f"individual agreement: {pack.code}"]:
        _agree_individually(world, pack)


def check(world: World, subscriber: Subscriber) -> None:
    """Newcomers are checked, in one way or another; what is unclear is looked into."""
    methods, results = list(AntiSocialCheck.Method.values), list(AntiSocialCheck.Result.values)
    method = world.scarcest("anti-social check by", methods)
    result = AntiSocialCheck.Result.CLEAR.value
    if world.chance(0.05) or (world.lacks(CAME_OUT, *results) and world.soon(0.1)):
        result = world.scarcest(CAME_OUT, results[1:])
    world.tally[f"anti-social check by {method}"] += 1
    world.tally[f"{CAME_OUT} {result}"] += 1
    check_anti_social(
        subscriber=subscriber,
        by=world.staff["reception"],
        on=world.today,
        method=method,
        result=result,
        note="" if result == AntiSocialCheck.Result.CLEAR else "同姓同名の可能性があり、再確認する",
    )
    if result != AntiSocialCheck.Result.CLEAR:
        world.within(2, 6, partial(_look_again, world, subscriber))


def _look_again(world: World, subscriber: Subscriber) -> None:
    check_anti_social(
        subscriber=subscriber,
        by=world.staff["credit"],
        on=world.today,
        method=AntiSocialCheck.Method.POLICE,
        result=AntiSocialCheck.Result.CLEAR,
        note="生年月日により別人と確認",
    )


def _agree_apart(world: World, pack: Pack) -> None:
    """Consents that are no part of the contract, the document's and the law's; some are taken back."""
    apart = [each for each in (*pack.consents, *statute(world.today).consents) if each.separate]
    name = f"{AGREED}: {pack.code}"
    contract = world.some(pack.code)
    if not apart or contract is None:
        return
    code = world.scarcest(name, [each.code for each in apart])
    if world.tally[f"{name} {code}"] and not world.chance(0.1):
        return
    made = record_consents(
        contract=contract,
        by=world.staff["reception"],
        at=world.at(11),
        form=Request.Form.WRITTEN,
        codes=[code],
    )
    world.tally[f"{name} {code}"] += 1
    if made and world.chance(0.3):
        world.within(10, 60, partial(_take_back, world, made[0]))


def _take_back(world: World, consent: Consent) -> None:
    withdraw_consent(
        consent=consent, by=world.staff["reception"], at=world.at(15), reason="本人の申出（電話）"
    )
    world.tally["consent withdrawn"] += 1


def _disclose(world: World, pack: Pack) -> None:
    """What the document and the law let be told, must be told, or lets the operator receive."""
    # What a partner is told of its unpaid claims is told with them (config.demonstration.partners).
    listed = disclosure_grounds(pack, statute(world.today))
    grounds = [ground for ground in listed if ground.code != ARREARS_TO_PARTNER]
    name = partial(_disclosed, pack)
    untried = world.untried(DISCLOSED, grounds, name)
    # Any of those that did not come up: one that nothing calls for yet must not keep back the others.
    ground = world.rng.choice(untried or grounds)
    contract = world.some(pack.code) if untried or world.chance(0.1) else None
    if contract is None:
        return
    if ground.consent:
        record_consents(
            contract=contract,
            by=world.staff["reception"],
            at=world.at(9),
            form=Request.Form.WRITTEN,
            codes=[ground.consent],
        )
    partner = Partner.objects.filter(role__in=ground.to).order_by("pk").first()
    recipient = next((role for role in ground.to if role not in PARTNERS), "")
    declined = ground.answer == "case_by_case" and world.chance(0.3)
    answer = Disclosure.Answer.RECEIVED if ground.direction == "received" else Disclosure.Answer.GIVEN
    record_disclosure(
        contract=contract,
        by=world.staff["audit"],
        at=world.at(14),
        ground=ground.code,
        items=list(ground.items[:3]),
        answer=Disclosure.Answer.REFUSED if declined else answer,
        partner=None if recipient else partner,
        recipient=recipient,
        name="" if not recipient else _NAMES.get(recipient, "株式会社デモ光コラボ"),
        reference=f"照会第{world.today:%Y%m%d}号" if ground.answer != "may" else "",
        reason="照会の根拠法令と必要性を確認した" if ground.answer == "case_by_case" else "",
    )
    world.take_up(DISCLOSED, name(ground))


def _disclosed(pack: Pack, ground: DisclosureTerms) -> str:
    return f"{pack.code} {ground.code}"


_NAMES = {
    "court": "東京地方裁判所",
    "authority": "警視庁",
    "subscriber": "IPv6契約者",
    "third_party": "弁護士会",
}


def _agree_individually(world: World, pack: Pack) -> None:
    """A price of its own for one subscriber."""
    contract = world.some(pack.code, product__per="month")
    tariff = contract and Tariff.objects.filter(product=contract.product, kind=Tariff.Kind.BASE).first()
    price = tariff and tariff.prices.filter(valid_from__lte=world.today).order_by("-valid_from").first()
    if not (contract and tariff and price):
        return
    record_individual_agreement(
        contract=contract,
        by=world.staff["reception"],
        on=world.today,
        since=world.today,
        form="written",
        evidence=f"覚書 {world.today:%Y%m%d}",
        prices={tariff.code: price.amount * 9 // 10},
    )
    world.tally[f"individual agreement: {pack.code}"] += 1
