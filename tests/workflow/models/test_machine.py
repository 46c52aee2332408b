"""Reading an object with a state anew."""

import pytest

from notices.models import Notice
from tests.workflow.conftest import ON, at_once, machine, person
from workflow.services.perform import perform


def test_reading_anew_brings_the_state_from_the_database(notice, clerk):
    stale = Notice.objects.get(pk=notice.pk)
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    stale.refresh_from_db()

    assert stale.state == "failed"
    assert stale.failure == "no such address"


def test_reading_some_fields_anew_leaves_the_state_as_it_was(notice, clerk):
    stale = Notice.objects.get(pk=notice.pk)
    perform(notice, "fail", by=clerk, on=ON, reason="no such address")

    stale.refresh_from_db(fields=["failure"])

    assert (stale.state, stale.failure) == ("queued", "no such address")


def test_reading_a_deferred_field_anew_keeps_the_state(notice):
    loaded = Notice.objects.defer("body").get(pk=notice.pk)

    assert loaded.body == "text"
    assert loaded.state == "queued"


def test_an_object_read_without_its_state_can_be_read_anew(notice):
    loaded = Notice.objects.defer("state").get(pk=notice.pk)

    loaded.refresh_from_db()

    assert loaded.state == "queued"


def test_an_object_that_is_gone_keeps_its_state_and_its_protection(notice):
    missing = Notice(pk=-1)

    with pytest.raises(Notice.DoesNotExist):
        missing.refresh_from_db()

    assert missing.state == "queued"
    with pytest.raises(AttributeError, match="not allowed"):
        notice.state = "dispatched"


@pytest.mark.django_db(transaction=True)
def test_a_thread_that_waits_for_a_row_lock_is_not_disturbed_by_another_that_reads_anew():
    locked, other, clerk = machine(), machine(), person("clerk")

    def fail() -> str:
        mine = Notice.objects.get(pk=locked.pk)
        perform(mine, "fail", by=clerk, on=ON, reason="no such address")
        return mine.state

    # While it waits for the lock, this thread reads another object anew.
    assert at_once(locked, fail, meanwhile=other.refresh_from_db) == ["failed"]
