"""The measuring system of the demonstration delivers as a system of the operator's own does."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command

from config.demonstration.records import SYSTEM, MeasuringSystem
from config.demonstration.world import World
from lineinfo.models import (
    BadRow,
    LineBatch,
    LineStatus,
    Measurement,
    SupersededReading,
    SystemCredential,
    TargetService,
)
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("run_folder")]


@pytest.fixture
def network(world: World) -> MeasuringSystem:
    """What measures two lines of a target service."""
    for command in ("load_terms", "load_catalogue", "load_target_services"):
        call_command(command, stdout=StringIO())
    target = TargetService.objects.select_related("product").first().product
    for _line in range(2):
        factories.contract(target.terms_code, product=target, start=world.today)
    return MeasuringSystem(world)


def later(world: World, by: timedelta) -> None:
    world.today += by


def test_the_first_delivery_brings_the_day_and_everything_that_can_go_wrong(world: World, network) -> None:
    later(world, timedelta(days=31))
    network.deliver()

    assert LineStatus.objects.count() == 2
    assert Measurement.objects.count() == 2 * 24
    assert {measured.at.astimezone(world.at(0).tzinfo).date() for measured in Measurement.objects.all()} == {
        world.today - timedelta(days=1)
    }
    batches = LineBatch.objects.order_by("pk")
    assert [(batch.state, batch.deliveries) for batch in batches] == [
        ("loaded", 1),
        ("loaded", 2),
        ("loaded", 1),
        ("failed", 1),
        ("loaded", 1),
    ]
    # The hours of the first line were delivered once more, with other values.
    assert SupersededReading.objects.count() == 24
    assert set(BadRow.objects.values_list("kind", flat=True)) == {"bad", "unknown_line"}
    assert {batch.received_from.username for batch in batches} == {f"system:{SYSTEM}"}
    assert not Measurement.objects.filter(late=True).exists()


def test_what_went_wrong_once_does_not_go_wrong_every_month(world: World, network) -> None:
    for _month in range(2):
        later(world, timedelta(days=31))
        network.deliver()
    assert LineBatch.objects.filter(state="failed").count() == 1
    assert LineBatch.objects.filter(state="loaded").count() == 4 + 2
    assert BadRow.objects.count() == 2


def test_the_first_credential_is_replaced_early_and_each_other_before_it_expires(
    world: World, network
) -> None:
    replaced = []
    for _month in range(30):
        later(world, timedelta(days=31))
        network.deliver()
        replaced.append(SystemCredential.objects.filter(state="revoked").count())
    assert SystemCredential.objects.filter(state="active").count() == 1
    # After 4 months, and from then on every 12.
    assert [replaced.index(count) for count in (1, 2, 3)] == [4, 16, 28]
