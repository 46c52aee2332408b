"""How fast a run goes and how long it will take, on its page and in the terminal."""

from datetime import date, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from billing.models import BillingRun
from billing.pace import pace_of
from billing.services.prepare_run import prepare_run
from tests import factories
from tests.billing import things

AT = factories.at(date(2025, 7, 1), 9)
JUNE = date(2025, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(db, monkeypatch) -> BillingRun:
    """Being rated: four chunks of 1,000 contracts each, none of them begun."""
    monkeypatch.setattr("billing.services.prepare_run.ACCOUNTS_A_CHUNK", 1)
    things.standing()
    for _ in range(4):
        things.contract()
    made = prepare_run(month=JUNE, by=things.people()[0], at=AT)
    BillingRun.objects.update(state=BillingRun.State.RATING, contracts=4000)
    made.refresh_from_db()
    return made


def begun(run: BillingRun, *seconds: int) -> None:
    """The first chunks were taken up so many seconds after AT."""
    for chunk, second in zip(run.chunks.all(), seconds, strict=False):
        chunk.done_at, chunk.contracts = AT + timedelta(seconds=second), 1000
        chunk.save()


def test_before_the_first_chunk_nobody_knows_how_long_it_takes(run):
    pace = pace_of(run, at=AT)
    assert (pace.chunks_done, pace.chunks, pace.contracts, pace.a_minute, pace.left) == (0, 4, 4000, 0, None)


def test_the_rate_is_that_of_the_contracts_done_so_far(run):
    begun(run, 0, 10)
    pace = pace_of(run, at=AT + timedelta(seconds=20))
    assert (pace.contracts_done, pace.a_minute, pace.left) == (2000, 6000, timedelta(seconds=20))
    assert pace.share == 0.5


def test_a_pause_of_the_workers_is_not_counted_in_the_rate(run):
    begun(run, 0, 600)
    pace = pace_of(run, at=AT + timedelta(seconds=660))
    assert (pace.a_minute, pace.left) == (500, timedelta(minutes=4))


def test_when_nobody_works_no_time_is_promised(run):
    begun(run, 0, 10)
    assert pace_of(run, at=AT + timedelta(minutes=5)).left is None


def test_when_all_is_done_nothing_is_left(run):
    begun(run, 0, 1, 2, 3)
    assert pace_of(run, at=AT + timedelta(minutes=5)).left == timedelta(0)


def test_the_terminal_says_the_same(run, time_machine):
    begun(run, 0, 10)
    time_machine.move_to(AT + timedelta(seconds=20), tick=False)
    said = StringIO()
    call_command("watch_run", "2025-06", "--once", stdout=said)
    assert said.getvalue() == "2025-06 rating: 2,000 of 4,000 contracts (50%) 6,000 a minute, 0:00:20 to go\n"


def test_the_terminal_stops_watching_when_all_is_rated(run):
    BillingRun.objects.update(state=BillingRun.State.IN_REVIEW)
    said = StringIO()
    call_command("watch_run", stdout=said)
    assert said.getvalue().count("\n") == 1


def test_a_month_without_a_run_is_an_error_in_words(db):
    with pytest.raises(CommandError, match="prepare one"):
        call_command("watch_run", "2025-06")
    with pytest.raises(CommandError, match="write it like 2025-06"):
        call_command("watch_run", "June")
