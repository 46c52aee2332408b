"""Asking a worker to load a delivery. When the broker does not answer nothing is lost: the scheduled sweep comes by."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def load_soon(batch_id: int) -> None:
    """Ask a worker to load one batch."""
    try:
        # By name: tasks.py calls the services, and the services call this. Without retry, so that nobody waits.
        current_app.send_task("lineinfo.tasks.load_batch", (batch_id,), retry=False, ignore_result=True)
    except (OperationalError, OSError):
        logger.warning(
            "the broker does not answer; the scheduled sweep will load batch %s", batch_id, exc_info=True
        )
