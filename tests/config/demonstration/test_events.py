"""Whatever a document lists, some event of the demonstration brings within months: shown without the whole life of the operator,
and without any luck, so that nothing of it hangs on a chance. Beside the operator's documents there is one that nobody has seen."""

from collections.abc import Callable, Collection, Iterator
from datetime import timedelta
from functools import partial
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command

from billing.services.cure_arrears import UNPAID
from config.demonstration import (
    api_duties,
    api_life,
    arrivals,
    breaches,
    closures,
    damages,
    desk,
    endings,
    equipment,
    fees,
    groups,
    measures,
    papers,
    parties,
    places,
    retention,
    sanctions,
    site,
    versions,
)
from config.demonstration.api_customers import ApiCustomers
from config.demonstration.exercised import exercised
from config.demonstration.records import MeasuringSystem
from config.demonstration.world import SURELY, World, documents
from contracts.kinds import KINDS
from contracts.models import Contract, LegalHold, PartnerFault, Product, Request
from contracts.services.carry_out_day import carry_out_day
from contracts.services.tell_arrears_to_partner import ARREARS_TO_PARTNER
from lineinfo.guards import TARGETS_ENDED, TARGETS_SUSPENDED
from lineinfo.models import KeptApiVersion, TargetService
from lineinfo.services.carry_out_api_day import carry_out_api_day
from notices.models import Notice
from terms.pack import Pack
from terms.registry import ENVIRONMENT, pack_for, registry
from tests import factories
from tests.billing import things
from workflow.models import StateChange

pytestmark = pytest.mark.django_db

HELD = 16
"""Contracts under each document: enough for each ground on which one ends."""


SEVENTH = Path(__file__).parents[2] / "seventh" / "packs"


@pytest.fixture
def seventh(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A made-up document, known to the registry alone."""
    monkeypatch.setenv(ENVIRONMENT, str(SEVENTH))
    registry.cache_clear()
    yield
    monkeypatch.undo()
    registry.cache_clear()


@pytest.fixture
def operator(world: World, seventh: None, monkeypatch: pytest.MonkeyPatch) -> World:
    """Contracts under each document that is about lines, of whoever may hold one."""
    for command in ("load_terms", "load_catalogue", "load_target_services", "load_tariffs"):
        call_command(command, stdout=StringIO())
    for kind in (Product.Kind.BASE, Product.Kind.BASE, Product.Kind.OPTION, Product.Kind.EQUIPMENT):
        things.tariff(factories.product("seventh", kind=kind), 3000)
    factories.serve("seventh", prefectures=places.AREAS)
    for pack in documents(world.today):
        if pack.application is None or pack.free_of_charge is not None:
            continue
        offered = Product.objects.filter(terms_code=pack.code, kind=Product.Kind.BASE, offered=True)
        targets = TargetService.objects.values_list("product", flat=True)
        alone = [product for product in offered if not arrivals.in_a_group(product, world.today)]
        product = min(alone, key=lambda product: (product.pk not in targets, product.code))
        beside = Contract.objects.filter(
            terms_code=product.beside_terms, subscriber__kind__in=pack.application.holders
        ).order_by("pk")
        for number in range(HELD):
            kind = pack.application.holders[number % len(pack.application.holders)]
            parent = beside[number] if number < beside.count() // 2 else None
            factories.contract(
                pack.code,
                subscriber=parent.subscriber if parent else factories.subscriber(kind=kind),
                parent=parent,
                product=product,
                start=world.today,
            )
    world.today += timedelta(days=1)
    # So late that nothing waits for chance any more; and chance brings nothing.
    world.began = world.today - SURELY
    monkeypatch.setattr(World, "chance", lambda self, probability: False)
    return world


def live(
    world: World,
    number: int,
    *events: Callable[[World, Pack], object],
    clock: Callable[[], object] = lambda: None,
) -> None:
    """So many weeks of what the staff do once a week under each document, of what they planned by it, and of the clock's nights."""
    for _week in range(number):
        for do in events:
            for pack in documents(world.today):
                world.attempt(partial(do, world, pack))
        for _day in range(7):
            world.today += timedelta(days=1)
            for notice in Notice.objects.filter(state=Notice.State.QUEUED):
                factories.dispatched(notice, world.today, hour=0)
            clock()
            world.live_through()


def missing(world: World, *titles: str) -> Collection[str]:
    return {
        f"{found.title}: {name}"
        for found in exercised(world.today)
        if found.title in titles
        for name in found.missing
    }


@pytest.mark.parametrize(
    ("do", "weeks", "titles"),
    [
        pytest.param(breaches.take_up_untried, 24, ["duty breached", "content measure"], id="breaches"),
        pytest.param(
            measures.take_up_untried, 20, ["restriction declared", "priority agreed"], id="measures"
        ),
        pytest.param(closures.take_up_untried, 20, ["service to be discontinued"], id="discontinuations"),
        pytest.param(equipment.inspect, 12, ["own equipment inspected"], id="inspections"),
    ],
)
def test_the_staff_bring_all_that_a_document_lists(operator, do, weeks, titles):
    live(operator, weeks, do)
    assert not missing(operator, *titles)


def test_every_consent_is_given_and_all_is_disclosed_but_arrears_that_nobody_has(operator):
    for contract in Contract.objects.all():
        papers.sign(operator, contract)
    live(operator, 26, papers.take_up_untried)
    assert missing(operator, "consent", "disclosure", "individual agreement") == {
        f"disclosure: {pack.code} {ARREARS_TO_PARTNER}"
        for pack in documents(operator.today)
        if any(ground.code == ARREARS_TO_PARTNER for ground in pack.disclosures)
    }


def test_contracts_are_suspended_and_ended_on_every_ground_but_those_of_the_clock(operator):
    live(operator, 30, sanctions.take_up_untried, endings.end_for_cause)
    assert missing(operator, "suspension enforced", "ended by the operator") == {
        f"suspension enforced: {ground.article} {ground.code}"
        for pack in documents(operator.today)
        if pack.suspension and pack.free_of_charge is None
        for ground in pack.suspension.grounds
        if ground.code == UNPAID
    }


def test_every_kind_of_request_is_asked_for():
    by_themselves = {Request.Kind.NEW, Request.Kind.ENDING, Request.Kind.CANCELLATION}
    assert set(KINDS) == set(parties.ASKED) | by_themselves


def test_every_kind_of_request_is_carried_out_and_refused_on_every_ground_that_no_rule_can_see(operator):
    """The desk takes the grounds of the document and of the kind, those first that did not come up."""

    def by_day() -> None:
        carry_out_day(on=operator.today)
        desk.answer_requests(operator)

    live(operator, 26, arrivals.fill_up, *[parties.take_up_untried] * 3, clock=by_day)
    assert not missing(operator, "request carried out", "request refused")


def test_lines_and_apis_are_interrupted_and_api_contracts_refused_suspended_and_ended(operator):
    """On every ground; but that the targets of an API contract end or are suspended is not the API's own story."""
    api = ApiCustomers(operator)

    def apply(world: World, pack: Pack) -> None:
        api.fill_up()

    live(
        operator,
        26,
        apply,
        site.maintain,
        api_life.befall,
        api_duties.take_up_untried,
        clock=lambda: carry_out_api_day(at=operator.at(0, 30)),
    )
    left = missing(
        operator,
        "interruption announced",
        "API application refused",
        "API contract suspended",
        "API contract ended",
        "API duty breached",
        "damages claimed under an API's document",
    )
    assert {name.rpartition(" ")[2] for name in left} <= {TARGETS_ENDED, TARGETS_SUSPENDED}
    claims = [f"apidamageclaim {became}" for became in ("grant", "refuse", "settle", "withdraw")]
    in_part = ("apicontract suspend_in_part", "apicontract lift_in_part")
    assert not operator.lacks("moved", *api_duties.FOLLOWS, *claims, *in_part)
    assert not operator.lacks("recorded", "endedpart")


def test_each_document_gets_a_new_version_and_somebody_objects(operator, run_folder):
    live(operator, 17, versions.renew, clock=lambda: carry_out_day(on=operator.today))
    assert not missing(operator, "new version published", "ended by an objection to new terms")
    assert not operator.lacks("recorded", "filecorrection")
    for each in Contract.objects.filter(state="active"):
        assert each.pack(operator.today) == pack_for(each.terms_code, operator.today)


def test_another_fee_is_announced_and_somebody_objects(operator):
    live(operator, 12, fees.change)
    assert not missing(operator, "ended by an objection to another fee")


def test_partners_fail_and_pay_and_damages_are_granted_and_refused(operator):
    live(operator, 10, damages.befall)
    assert {fault.received is None for fault in PartnerFault.objects.all()} == {False}
    assert not operator.lacks("moved", *(f"damageclaim {became}" for became in ("grant", "refuse", "pay")))


def test_the_representative_of_a_group_applies_for_its_lines_and_asks_for_another_item(operator):
    def by_day() -> None:
        carry_out_day(on=operator.today)
        desk.answer_requests(operator)

    live(operator, 16, groups.take_up_untried, clock=by_day)
    assert not missing(operator, "asked by the representative")


def test_data_are_held_and_some_of_them_are_let_go(operator, run_folder):
    MeasuringSystem(operator).deliver()
    retention.hold(operator)
    live(operator, 9)
    assert sorted(hold.is_open for hold in LegalHold.objects.all()) == [False, True]


def test_a_version_of_the_api_comes_too_late_for_most_and_somebody_agrees_to_it(operator, run_folder):
    api = ApiCustomers(operator)

    def renew(world: World, pack: Pack) -> None:
        if pack.free_of_charge is not None:
            api.fill_up()
            versions.renew(world, pack)

    live(operator, 32, renew, clock=lambda: carry_out_api_day(at=operator.at(0, 30)))
    assert KeptApiVersion.objects.filter(until__isnull=False).exists()
    assert StateChange.objects.filter(transition="agree_to_terms").exists()
