"""Asking a worker to send what is queued. When the broker does not answer nothing is lost: the scheduled sweep comes by."""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from kombu.exceptions import OperationalError

from notices import tasks

logger = logging.getLogger(__name__)


_silent = ContextVar("silent", default=False)


@contextmanager
def silent() -> Iterator[None]:
    """Within the block no worker is asked: for a caller who sends what is queued by itself, such as a simulation."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def dispatch_soon(notice_id: int) -> None:
    """Ask a worker to send one notice."""
    _ask(tasks.dispatch_notice, notice_id)


def dispatch_all_soon() -> None:
    """Ask a worker to send everything that is queued."""
    _ask(tasks.dispatch_queued)


def _ask(task: Any, *arguments: Any) -> None:
    if _silent.get():
        return
    try:
        # Without retry: whoever clicked does not wait for a broker that is down.
        task.apply_async(arguments, retry=False)
    except (OperationalError, OSError):
        logger.warning(
            "the broker does not answer; the scheduled sweep will send what is queued", exc_info=True
        )
