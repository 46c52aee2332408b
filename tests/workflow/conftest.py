"""What the tests of workflow share: people, and a notice as an object that has a state."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count

import pytest
from django.db import connection, transaction
from django.db.models import Model

from notices.models import Notice
from workflow.models import User

AT = datetime(2025, 4, 1, 1, 0, tzinfo=UTC)
ON = date(2025, 4, 1)
_serial = count(1)


def person(name: str = "", **facts) -> User:
    """Somebody who may sign in."""
    return User.objects.create_user(username=name or f"person-{next(_serial)}", **facts)


def machine() -> Notice:
    """An object with a state: a queued notice, about and to a user for want of anything else."""
    somebody = person()
    return Notice.objects.create(
        occasion="pause_ended",
        recipient=somebody,
        recipient_name="見本 太郎 様",
        about=somebody,
        article="isp-access 12",
        channel=Notice.Channel.EMAIL,
        address="taro@example.jp",
        subject="title",
        body="text",
        written_at=AT,
    )


def at_once(
    row: Model, *actions: Callable[[], str], meanwhile: Callable[[], None] = lambda: None
) -> list[str]:
    """What the actions answered, each in a thread of its own. All of them come to wait for ``row``, which is locked until then.

    ``meanwhile`` is run here while they wait.
    """
    answers: list[str] = []

    def run(action: Callable[[], str]) -> None:
        try:
            answers.append(action())
        except Exception as error:
            answers.append(type(error).__name__)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[action]) for action in actions]
    with transaction.atomic():
        type(row)._base_manager.select_for_update().get(pk=row.pk)
        for thread in threads:
            thread.start()
        _wait_for_waiting(len(threads))
        meanwhile()
    for thread in threads:
        thread.join(timeout=30)
    return sorted(answers)


def _wait_for_waiting(count: int) -> None:
    """Until so many sessions wait for a lock."""
    until = time.monotonic() + 20
    with connection.cursor() as cursor:
        while time.monotonic() < until:
            cursor.execute("SELECT count(DISTINCT pid) FROM pg_locks WHERE NOT granted")
            if cursor.fetchone()[0] >= count:
                return
            time.sleep(0.01)
    raise AssertionError("nobody waits for the lock")


@pytest.fixture
def clerk(db) -> User:
    return person("clerk")


@pytest.fixture
def notice(db) -> Notice:
    return machine()
