"""Asking workers to go on with a run. When the broker does not answer nothing is lost: the scheduled sweep comes by."""

import logging

from celery import current_app
from kombu.exceptions import OperationalError

logger = logging.getLogger(__name__)


def rate_soon(chunk_id: int) -> None:
    """Ask a worker to rate one chunk."""
    _ask("billing.tasks.rate_chunk", chunk_id)


def issue_soon(chunk_id: int) -> None:
    """Ask a worker to issue one chunk."""
    _ask("billing.tasks.issue_chunk", chunk_id)


def papers_soon(chunk_id: int) -> None:
    """Ask a worker to make the PDFs of one chunk."""
    _ask("billing.tasks.make_papers", chunk_id)


def _ask(task: str, chunk_id: int) -> None:
    try:
        # By name: tasks.py calls the services, and the services call this. Without retry, so that nobody waits.
        current_app.send_task(task, (chunk_id,), retry=False, ignore_result=True)
    except (OperationalError, OSError):
        logger.warning(
            "the broker does not answer; the scheduled sweep will send chunk %s again",
            chunk_id,
            exc_info=True,
        )
