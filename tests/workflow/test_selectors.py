"""What was the state, and what was known of it."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import IntegrityError, transaction

from tests.workflow.conftest import person
from workflow.models import User
from workflow.selectors import clock_user, state_on
from workflow.services.perform import perform


def _moved(notice, by, transition, *, on: date, recorded: datetime, **facts) -> None:
    with time_machine.travel(recorded, tick=False):
        perform(notice, transition, by=by, on=on, **facts)


def test_the_state_on_a_day_is_that_of_the_last_change_effective_by_then(notice, clerk):
    _moved(notice, clerk, "fail", on=date(2025, 4, 3), recorded=datetime(2025, 4, 3, tzinfo=UTC), reason="no")
    _moved(
        notice,
        clock_user(),
        "requeue",
        on=date(2025, 4, 5),
        recorded=datetime(2025, 4, 5, tzinfo=UTC),
        channel="email",
        address="a@b.jp",
    )

    assert state_on(notice, date(2025, 4, 2)) is None
    assert state_on(notice, date(2025, 4, 3)) == "failed"
    assert state_on(notice, date(2025, 4, 4)) == "failed"
    assert state_on(notice, date(2025, 4, 5)) == "queued"


def test_a_change_recorded_late_counts_from_its_legal_date_on(notice, clerk):
    _moved(
        notice, clerk, "fail", on=date(2025, 4, 10), recorded=datetime(2025, 4, 10, tzinfo=UTC), reason="no"
    )
    _moved(
        notice,
        clock_user(),
        "requeue",
        on=date(2025, 4, 5),
        recorded=datetime(2025, 4, 12, tzinfo=UTC),
        channel="email",
        address="a@b.jp",
    )

    assert state_on(notice, date(2025, 4, 7)) == "queued"
    assert state_on(notice, date(2025, 4, 20)) == notice.state == "queued"


def test_what_was_known_at_a_moment_leaves_out_what_was_recorded_later(notice, clerk):
    _moved(notice, clerk, "fail", on=date(2025, 4, 3), recorded=datetime(2025, 4, 8, tzinfo=UTC), reason="no")

    assert state_on(notice, date(2025, 4, 5)) == "failed"
    assert state_on(notice, date(2025, 4, 5), known_at=datetime(2025, 4, 7, tzinfo=UTC)) is None


def test_the_clock_is_one_account_that_nobody_can_sign_in_with(db):
    clock = clock_user()

    assert clock == clock_user()
    assert clock.is_system
    assert not clock.has_usable_password()


def test_a_system_account_cannot_be_given_a_password(db):
    clock = clock_user()
    clock.set_password("secret")

    with pytest.raises(IntegrityError, match="system_account_without_password"), transaction.atomic():
        clock.save()


def test_an_ordinary_account_named_like_the_clock_is_not_taken_for_it(db):
    person("clock")

    with pytest.raises(IntegrityError), transaction.atomic():
        clock_user()
    assert not User.objects.filter(is_system=True).exists()
