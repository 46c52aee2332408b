"""Article 14: what outlived the notified period is erased, and nothing else."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from contracts.models import LegalHold, Line, PurgeCertificate, RetentionPeriod
from contracts.retention.category import Category
from contracts.retention.registry import category
from contracts.services.hold_data import lift_hold, place_hold
from contracts.services.purge import purge, purge_all
from contracts.services.set_retention import set_retention
from lineinfo.models import ApiCall, HeldMeasurement, Measurement, MeasurementDay
from lineinfo.retention import MEASUREMENTS
from lineinfo.services.log_call import log_call
from lineinfo.services.record_measurements import record_measurements
from lineinfo.services.succeed_api_contract import succeed_api_contract
from notices.models import Notice, Posting
from tests import factories
from tests.lineinfo.conftest import NOW, TODAY, Customer, customer
from tests.lineinfo.loading.conftest import Deliver, csv, deliver, network, row, spool
from workflow.errors import Refused, WrongState
from workflow.models import User

__all__ = ["deliver", "network", "spool"]

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

DAYS = timedelta(days=1)
LATER = NOW + 2 * DAYS


@pytest.fixture
def measurements() -> Category:
    return category(MEASUREMENTS)


def measured(*lines: Line, days_ago: int, at=LATER) -> None:
    """One measurement of each line, so many days before."""
    record_measurements(
        {
            "line_id": line.pk,
            "at": at - days_ago * DAYS,
            "bytes_down": 1,
            "bytes_up": 1,
            "connected_seconds": 300,
        }
        for line in lines
    )


def sent() -> None:
    """Every notice has left."""
    for notice in Notice.objects.filter(state=Notice.State.QUEUED):
        factories.dispatched(notice, TODAY)


def set_period(
    found: Category, by: User, *, days: int = 30, starts_on: date = TODAY + DAYS, at=NOW
) -> RetentionPeriod:
    return set_retention(category=found, days=days, starts_on=starts_on, by=by, at=at, reason="決定")


@pytest.mark.article("line-info-api", "14")
def test_what_outlived_the_notified_period_is_erased_by_whole_days(
    ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    sent()
    line = ours.lines[0]
    for days_ago in (29, 30, 31, 60):
        measured(line, days_ago=days_ago)

    certificates = purge(category=measurements, by=by, at=LATER)

    kept = [(LATER - n * DAYS) for n in (30, 29)]
    assert list(Measurement.objects.order_by("at").values_list("at", flat=True)) == kept
    assert [(c.what, c.count, c.until) for c in certificates] == [
        (f"回線の測定値（{(LATER - n * DAYS).date()}）", 1, (LATER - (n - 1) * DAYS).date()) for n in (60, 31)
    ]
    assert {(c.article, c.erased_by, c.erased_at, c.kept_days) for c in certificates} == {
        ("line-info-api 14", by, LATER, 30)
    }
    assert MeasurementDay.objects.count() == 2
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_inherits WHERE inhparent = 'lineinfo_measurement'::regclass")
        assert cursor.fetchone() == (2,)
    assert purge(category=measurements, by=by, at=LATER) == []


@pytest.mark.article("line-info-api", "14")
def test_nothing_is_erased_by_a_period_whose_notice_has_not_left(
    ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    measured(ours.lines[0], days_ago=60)

    with pytest.raises(Refused) as error:
        purge(category=measurements, by=by, at=LATER)

    assert (error.value.refusal.code, str(error.value.refusal.article)) == (
        "not_notified",
        "line-info-api 14",
    )
    assert Measurement.objects.exists()
    notice = Notice.objects.get(occasion="retention_notified")
    assert (notice.recipient, notice.facts["kept_days"]) == (ours.subscriber, 30)
    assert Posting.objects.get().article == "line-info-api 14"

    sent()
    assert len(purge(category=measurements, by=by, at=LATER)) == 1


@pytest.mark.article("line-info-api", "14")
def test_a_period_is_notified_before_it_starts(ours: Customer, by: User, measurements: Category) -> None:
    with pytest.raises(Refused) as error:
        set_period(measurements, by, starts_on=TODAY)

    assert error.value.refusal.code == "notice_first"
    assert not RetentionPeriod.objects.exists()


def test_without_a_period_nothing_is_erased(ours: Customer, by: User, measurements: Category) -> None:
    measured(ours.lines[0], days_ago=999)
    with pytest.raises(Refused) as error:
        purge(category=measurements, by=by, at=LATER)
    assert error.value.refusal.code == "no_period"


@pytest.mark.article("line-info-api", "14")
def test_who_contracts_afterwards_is_told_with_the_access_data(
    target, ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    set_period(measurements, by, days=20, starts_on=TODAY + 10 * DAYS)
    sent()
    other = customer(target, by, at=LATER)
    measured(other.lines[0], days_ago=40)
    with pytest.raises(Refused):
        purge(category=measurements, by=by, at=LATER)

    sent()

    assert len(purge(category=measurements, by=by, at=LATER)) == 1
    told = Notice.objects.filter(recipient_id=other.subscriber.pk).order_by("pk")
    assert [(n.occasion, n.facts["kept_days"]) for n in told] == [
        ("api_access_data", 30),
        ("retention_notified", 20),
    ]


@pytest.mark.article("line-info-api", "10")
@pytest.mark.article("line-info-api", "14")
def test_who_succeeds_to_a_contract_is_told_what_its_predecessor_was_told(
    target, ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    told_by_itself, told_with_access_data = ours, customer(target, by, at=NOW + DAYS)
    sent()
    for before in (told_by_itself, told_with_access_data):
        successor = factories.subscriber(kind="corporation")
        succeed_api_contract(
            contract=before.api, successor=successor, by=by, at=LATER, cause="merger", documents="登記"
        )
    measured(ours.lines[0], days_ago=40)
    with pytest.raises(Refused, match="2件"):
        purge(category=measurements, by=by, at=LATER)

    sent()

    assert len(purge(category=measurements, by=by, at=LATER)) == 1


def test_the_period_in_force_is_the_latest_that_has_started(
    ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by, days=100)
    set_period(measurements, by, days=5, starts_on=(LATER + DAYS).date())
    sent()
    measured(ours.lines[0], days_ago=60)

    assert purge(category=measurements, by=by, at=LATER) == []
    assert len(purge(category=measurements, by=by, at=LATER + DAYS)) == 1


def test_a_held_line_is_kept_aside_until_the_hold_is_lifted(
    ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    sent()
    held, free = ours.lines
    measured(held, free, days_ago=60)
    hold = place_hold(by=by, at=NOW, reason="裁判所の照会", line=held)

    (certificate,) = purge(category=measurements, by=by, at=LATER)

    assert (certificate.count, certificate.held_back) == (1, 1)
    assert not Measurement.objects.exists()
    assert HeldMeasurement.objects.get().line == held
    assert purge(category=measurements, by=by, at=LATER) == []

    lift_hold(hold=hold, by=by, at=LATER, reason="終結")

    (certificate,) = purge(category=measurements, by=by, at=LATER)
    assert (certificate.what, certificate.count) == ("保留を解除した測定値", 1)
    assert not HeldMeasurement.objects.exists()
    with pytest.raises(WrongState):
        lift_hold(hold=LegalHold.objects.get(), by=by, at=LATER, reason="もう一度")


def test_a_hold_on_the_subscriber_holds_its_lines_and_calls(
    ours: Customer, theirs: Customer, by: User
) -> None:
    for code in (MEASUREMENTS, "api_calls"):
        set_period(category(code), by)
    sent()
    measured(ours.lines[0], theirs.lines[0], days_ago=60)
    for of in (ours, theirs):
        log_call(credential=of.credential, at=NOW - 60 * DAYS, method="GET", path="/", status=200)
    place_hold(by=by, at=NOW, reason="係争中", subscriber=ours.subscriber)

    found = purge_all(by=by, at=LATER)

    assert (found[MEASUREMENTS], found["api_calls"]) == (1, 1)
    assert HeldMeasurement.objects.get().line == ours.lines[0]
    assert ApiCall.objects.get().api_contract == ours.api


def test_a_hold_on_all_data_stops_the_purge(ours: Customer, by: User, measurements: Category) -> None:
    set_period(measurements, by)
    sent()
    measured(ours.lines[0], days_ago=60)
    place_hold(by=by, at=NOW, reason="監督官庁の検査")

    with pytest.raises(Refused) as error:
        purge(category=measurements, by=by, at=LATER)
    assert error.value.refusal.code == "on_hold"


def test_a_delivery_about_what_is_no_longer_kept_is_reported(
    ours: Customer, by: User, measurements: Category, deliver: Deliver
) -> None:
    set_period(measurements, by)
    old = row(ours.lines[0], at=LATER - 31 * DAYS)

    batch = deliver(csv(old, row(ours.lines[0], at=LATER - 30 * DAYS)), at=LATER)

    assert (batch.new, batch.beyond_retention) == (1, 1)
    assert batch.bad_rows.get().kind == "beyond_retention"


def test_the_chain_of_certificates_shows_what_was_altered(
    ours: Customer, by: User, measurements: Category
) -> None:
    set_period(measurements, by)
    sent()
    for days_ago in (40, 50, 60):
        measured(ours.lines[0], days_ago=days_ago)
    first, second, _third = purge(category=measurements, by=by, at=LATER)
    assert second.before == first.digest
    call_command("verify_certificates")

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("UPDATE contracts_purgecertificate SET count = 7 WHERE id = %s", [second.pk])
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(CommandError, match=str(second.pk)):
        call_command("verify_certificates")

    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute("DELETE FROM contracts_purgecertificate WHERE id = %s", [second.pk])
        cursor.execute("SET session_replication_role = origin")
    with pytest.raises(CommandError):
        call_command("verify_certificates")
    assert PurgeCertificate.objects.count() == 2
