"""A real worker, a real broker, a real mail server."""

import time
from collections.abc import Iterator

import pytest
from celery import Celery
from celery.contrib.testing.worker import start_worker
from django.db import transaction

from config.celery import app
from notices import tasks, wake
from notices.models import Notice, PrintBatch
from tests.notices.conftest import free_port, subscriber, tell


@pytest.fixture
def worker(valkey, transactional_db) -> Iterator[None]:
    """A worker beside the test."""
    with start_worker(app, pool="solo", perform_ping_check=False, loglevel="WARNING"):
        yield


@pytest.fixture
def dead_broker() -> Iterator[None]:
    """Tasks go to a broker at which nobody answers."""
    dead = Celery("dead", set_as_current=False)
    dead.config_from_object("django.conf:settings", namespace="CELERY")
    dead.conf.broker_url = f"redis://127.0.0.1:{free_port()}/0"
    dead.set_current()
    yield
    app.set_current()


def _eventually(notice: Notice, state: str) -> Notice:
    until = time.monotonic() + 20
    while time.monotonic() < until:
        found = Notice.objects.get(pk=notice.pk)
        if found.state == state:
            return found
        time.sleep(0.05)
    raise AssertionError(f"the notice is {found.state} and not {state}: {found.failure}")


def test_a_worker_sends_what_was_committed(worker, smtp):
    with transaction.atomic():
        notice = tell(subscriber())

    sent = _eventually(notice, "dispatched")

    [mail] = smtp
    assert mail["Message-ID"] == sent.evidence["message_id"]


@pytest.mark.django_db(transaction=True)
def test_a_broker_that_is_down_fails_nobody_and_the_sweep_sends_it(dead_broker, smtp):
    began = time.monotonic()

    with transaction.atomic():
        notice = tell(subscriber())

    assert time.monotonic() - began < 2
    assert Notice.objects.get(pk=notice.pk).state == "queued"
    tasks.dispatch_queued()
    assert Notice.objects.get(pk=notice.pk).state == "dispatched"


def test_a_task_that_comes_twice_sends_once(db, smtp):
    notice = tell(subscriber())

    tasks.dispatch_notice(notice.pk)
    tasks.dispatch_notice(notice.pk)
    assert tasks.dispatch_queued() == {"dispatched": 0, "postponed": 0, "failed": 0}

    assert len(smtp) == 1


def test_letters_are_printed_until_none_waits(db, settings, tmp_path, monkeypatch):
    settings.MEDIA_ROOT = tmp_path
    monkeypatch.setattr("notices.services.print_letters.print_letters.__kwdefaults__", {"limit": 2})
    for _number in range(3):
        tell(subscriber(channel="letter", email=""))

    batches = tasks.print_letters()

    assert [batch.letters for batch in PrintBatch.objects.filter(pk__in=batches).order_by("pk")] == [2, 1]
    assert tasks.print_letters() == []


def test_nobody_is_woken_for_a_caller_who_sends_by_itself(valkey):
    with wake.silent():
        wake.dispatch_soon(1)
    assert valkey.llen("celery") == 0

    wake.dispatch_soon(2)
    assert valkey.llen("celery") == 1
