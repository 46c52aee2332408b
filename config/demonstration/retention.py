"""How long the demonstration operator keeps what it need not keep: periods that no document sets, made up here."""

from collections.abc import Mapping
from datetime import timedelta
from functools import partial

from config.demonstration.world import World
from contracts.models import Contract, LegalHold, RetentionPeriod
from contracts.retention.registry import categories
from contracts.services.hold_data import lift_hold, place_hold
from contracts.services.purge import purge_all
from contracts.services.set_retention import set_retention
from lineinfo.models import Measurement
from lineinfo.retention import MEASUREMENTS
from workflow.selectors import clock_user

PERIODS: Mapping[str, int] = {
    "measurements": 183,
    "api_calls": 183,
    "deliveries": 92,
    "subscribers": 3 * 366,
    "bank_accounts": 3 * 366,
    "notices": 3 * 366,
    "papers": 3 * 366,
}
"""Days by category. Where a statute sets the least that books stay, that is the period."""

REASON = "デモ事業者の架空の期間"


def decide(world: World) -> None:
    """On the first day every category gets its period, from the next day on, so that it is told before it starts (line-info-api 14)."""
    for category in categories():
        if not RetentionPeriod.objects.filter(category=category.code).exists():
            set_retention(
                category=category,
                days=PERIODS.get(category.code, category.least_days),
                starts_on=world.today + timedelta(days=1),
                by=world.staff["credit"],
                at=world.at(9),
                reason=REASON,
            )
            world.tally["retention periods set"] += 1


def hold(world: World) -> None:
    """A court wants the records of a line kept, and still does at the end; what its subscriber was told is kept until a dispute is over."""
    if LegalHold.objects.exists():
        return
    measured = Measurement.objects.select_related("line").order_by("at").first()
    if measured is None:
        return
    by, at = world.staff["credit"], world.at(15)
    place_hold(
        by=by,
        at=at,
        reason="東京地方裁判所の文書提出命令（第100号）",
        category=MEASUREMENTS,
        line=measured.line,
    )
    told = place_hold(
        by=by,
        at=at,
        reason="料金に関する異議の申出を受けているため",
        category="notices",
        subscriber=Contract.objects.filter(line=measured.line).latest("pk").subscriber,
    )
    world.tally["data held"] += 2
    world.within(40, 60, partial(_let_go, world, told))


def _let_go(world: World, hold: LegalHold) -> None:
    lift_hold(hold=hold, by=world.staff["credit"], at=world.at(15), reason="異議が取り下げられたため")


def erase(world: World) -> None:
    """What the clock does each night, once a week in this simulation, from when the periods have begun."""
    if not RetentionPeriod.objects.filter(starts_on__lte=world.today).exists():
        return
    erased = purge_all(by=clock_user(), at=world.at(4, 15))
    for code, pieces in erased.items():
        world.tally[f"erased: {code}"] += pieces
