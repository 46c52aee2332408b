"""Other carriers' charges on our invoices, ours on theirs, and what the two pay each other: once a week."""

from datetime import date
from functools import partial

from billing.models import (
    CollectionAgency,
    Invoice,
    PartnerClaim,
    PartnerList,
    PartnerListLine,
    PartnerRemittance,
)
from billing.partner_dues import remittable, to_collect
from billing.services.agree_collection import agree_collection, collection_table
from billing.services.enter_partner_charge import enter_partner_charge
from billing.services.make_partner_list import make_partner_list
from billing.services.remit_to_partner import (
    approve_remittance,
    note_remitted,
    propose_remittance,
    reject_remittance,
)
from billing.services.take_partner_receipt import take_partner_receipt
from billing.services.tell_unpaid_claim import tell_unpaid_claim
from config.demonstration.world import World, documents
from contracts.consents import consent_for
from contracts.models import Contract, Partner
from contracts.services.tell_arrears_to_partner import ARREARS_TO_PARTNER
from terms.calendar import Month
from terms.consent import Disclosure
from terms.document import find
from terms.pack import Pack

_FOR, _BY = CollectionAgency.Direction.FOR_PARTNER, CollectionAgency.Direction.BY_PARTNER
_FEE = 0.03
"""What one keeps for collecting for the other: made up, as all of the demonstration operator's figures."""


def deal(world: World) -> None:
    """Charges are entered, collections agreed, and what was collected is paid over."""
    carrier = Partner.objects.filter(role=Partner.Role.INTERCONNECTED_CARRIER).order_by("pk").first()
    if carrier is None:
        return
    for pack in documents(world.today):
        if pack.purchased_claims:
            world.attempt(partial(_buy, world, pack, carrier))
        for direction in (_FOR, _BY):
            if collection_table(pack, direction):
                world.attempt(partial(_collect, world, pack, carrier, direction))
    world.attempt(partial(_remit, world, carrier))
    world.attempt(partial(_list, world, carrier))
    for pack in documents(world.today):
        if ground := arrears_told(pack):
            _tell_unpaid(world, pack, ground, carrier)


def arrears_told(pack: Pack) -> Disclosure | None:
    """By what the document lets a partner be told that its claim is unpaid."""
    return find(pack.disclosures, ARREARS_TO_PARTNER)


def _tell_unpaid(world: World, pack: Pack, ground: Disclosure, carrier: Partner) -> None:
    """Whatever is overdue, of those who agreed to it."""
    unpaid = PartnerClaim.objects.filter(
        partner=carrier,
        told__isnull=True,
        charge__terms_code=pack.code,
        charge__invoice__state=Invoice.State.ISSUED,
        charge__invoice__due_on__lt=world.today,
    )
    for claim in unpaid.select_related("charge__invoice", "charge__contract").order_by("pk"):
        charge = claim.charge
        assert charge.invoice is not None
        assert charge.contract is not None
        if charge.invoice.is_open and consent_for(charge.contract, ground.consent, on=world.today):
            tell_unpaid_claim(claim=claim, by=world.staff["credit"], at=world.at(14))
            world.tally["partner told of an unpaid claim"] += 1


def _buy(world: World, pack: Pack, carrier: Partner) -> None:
    beside = {"partner_contracts__partner": carrier, "partner_contracts__purchased": True}
    assert pack.purchased_claims is not None
    contract = world.some(
        pack.code, partner__isnull=True, **beside if pack.purchased_claims.with_contract else {}
    )
    if contract is not None:
        _enter(world, contract, carrier, PartnerClaim.Basis.PURCHASED)


def _collect(world: World, pack: Pack, carrier: Partner, direction: str) -> None:
    """One more collection is agreed until there are three; each month the carrier has a charge for those of its own."""
    standing = CollectionAgency.objects.filter(
        partner=carrier,
        direction=direction,
        state=CollectionAgency.State.AGREED,
        contract__terms_code=pack.code,
    ).select_related("contract")
    if standing.count() < 3:
        contract = world.some(pack.code, partner__isnull=True, collection_agencies__isnull=True)
        if contract is not None:
            agree_collection(
                contract=contract,
                partner=carrier,
                direction=direction,
                requested_on=world.today,
                doubtful=False,
                partner_agrees=True,
                hindrance=False,
                by=world.staff["billing"],
                on=world.today,
            )
            world.tally[f"collection agreed: {direction}"] += 1
    if direction == _FOR:
        for agency in standing:
            if agency.contract.state == Contract.State.ACTIVE:
                _enter(world, agency.contract, carrier, PartnerClaim.Basis.AGENCY)


def _enter(world: World, contract: Contract, carrier: Partner, basis: str) -> None:
    before = Month.of(world.today).plus(-1)
    # One charge a month: the carrier's reference says which.
    reference = f"{before}-{contract.number}"[:40]
    if PartnerClaim.objects.filter(partner=carrier, reference=reference).exists():
        return
    enter_partner_charge(
        contract=contract,
        partner=carrier,
        basis=basis,
        reference=reference,
        name="通話料",
        amount=world.rng.randrange(100, 5000, 10),
        since=before.first,
        until=before.end,
        by=world.staff["billing"],
        on=world.today,
    )
    world.tally[f"partner's charge entered: {basis}"] += 1


def _remit(world: World, carrier: Partner) -> None:
    """Once a month: what is owed through the end of the last one."""
    through = Month.of(world.today).plus(-1).last
    if PartnerRemittance.objects.filter(partner=carrier, through=through).exists():
        return
    owed = sum(due.amount for due in remittable(carrier, through=through))
    if owed <= 0:
        return
    propose = partial(propose_remittance, partner=carrier, through=through, by=world.staff["billing"])
    if world.lacks("moved", "partnerremittance reject"):
        wrong = propose(fee=0, at=world.at(9))
        reason = "回収の手数料が差し引かれていないため"
        reject_remittance(remittance=wrong, by=world.staff["billing2"], at=world.at(9, 30), reason=reason)
    remittance = propose(fee=int(owed * _FEE), at=world.at(10))
    approve_remittance(remittance=remittance, by=world.staff["billing2"], at=world.at(13))
    note_remitted(remittance=remittance, remitted_on=world.today, by=world.staff["billing"], at=world.at(15))
    world.tally["remitted to a partner"] += 1


def _list(world: World, carrier: Partner) -> None:
    """The carrier is told what to ask for; most of its subscribers pay it within the next days."""
    if any(to_collect(carrier)):
        made = make_partner_list(partner=carrier, by=world.staff["billing"], at=world.at(11))
        world.tally["partner told what to collect"] += 1
        world.within(5, 12, partial(_receive, world, carrier, made))


def _receive(world: World, carrier: Partner, made: PartnerList) -> None:
    lines = PartnerListLine.objects.filter(list=made, receipt__isnull=True).order_by("pk")
    answers = [(line.pk, line.amount if world.chance(0.95) else 0) for line in lines]
    collected = sum(amount for _, amount in answers)
    take_partner_receipt(
        partner=carrier,
        data=_answer(answers, world.today),
        fee=int(collected * _FEE),
        received_on=world.today,
        by=world.staff["billing"],
        at=world.at(14),
    )
    world.tally["received from a partner"] += 1


def _answer(answers: list[tuple[int, int]], on: date) -> bytes:
    """The file with which the carrier answers: of each row what was paid, and when."""
    rows = [f"{number},{amount},{on if amount else ''}" for number, amount in answers]
    return "\n".join(["照会番号,回収額,入金日", *rows]).encode()
