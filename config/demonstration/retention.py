"""How long the demonstration operator keeps what it need not keep: periods that no document sets, made up here."""

from collections.abc import Mapping
from datetime import timedelta

from config.demonstration.world import World
from contracts.models import RetentionPeriod
from contracts.retention.registry import categories
from contracts.services.purge import purge_all
from contracts.services.set_retention import set_retention
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


def erase(world: World) -> None:
    """What the clock does each night, once a week in this simulation, from when the periods have begun."""
    if not RetentionPeriod.objects.filter(starts_on__lte=world.today).exists():
        return
    erased = purge_all(by=clock_user(), at=world.at(4, 15))
    for code, pieces in erased.items():
        world.tally[f"erased: {code}"] += pieces
