"""The demonstration operator decides how long it keeps data, and erases what has outlived it."""

from datetime import timedelta

from config.demonstration import retention
from config.demonstration.world import World
from contracts.models import PurgeCertificate, RetentionPeriod
from contracts.retention.registry import categories
from lineinfo.models import Measurement
from lineinfo.services.record_measurements import record_measurements
from notices.models import Posting
from tests import factories
from tests.config.demonstration.conftest import FIRST


def test_every_category_gets_a_period_that_says_that_it_is_made_up(world: World) -> None:
    retention.decide(world)
    retention.decide(world)

    periods = RetentionPeriod.objects.all()
    assert sorted(period.category for period in periods) == sorted(each.code for each in categories())
    assert set(retention.PERIODS) <= {each.code for each in categories()}
    assert {(period.reason, period.starts_on) for period in periods} == {
        ("デモ事業者の架空の期間", FIRST + timedelta(days=1))
    }
    # That of the measurements is told before it starts (line-info-api 14).
    assert "183日間" in Posting.objects.get().body


def test_what_has_outlived_its_period_is_erased_with_a_certificate(world: World) -> None:
    retention.decide(world)
    line, days = factories.line("hikari-line"), (0, 30)
    for day in days:
        record_measurements(
            [
                {
                    "line_id": line.pk,
                    "at": factories.at(FIRST + timedelta(days=day)),
                    "bytes_down": 1,
                    "bytes_up": 1,
                    "connected_seconds": 1,
                }
            ]
        )

    world.today = FIRST + timedelta(days=183)
    retention.erase(world)
    assert Measurement.objects.count() == 2

    world.today += timedelta(days=1)
    retention.erase(world)
    assert [found.at for found in Measurement.objects.all()] == [factories.at(FIRST + timedelta(days=30))]
    certificate = PurgeCertificate.objects.get()
    assert (certificate.category, certificate.count) == ("measurements", 1)
    assert world.tally["erased: measurements"] == 1
