"""What the outbox and the clock ask workers to do. Safe to run twice: a notice that has left the queue is left alone."""

from dataclasses import asdict

from celery import shared_task
from django.utils import timezone

from notices.services import dispatch_notice as dispatching
from notices.services import print_letters as printing


@shared_task(ignore_result=True)
def dispatch_notice(notice_id: int) -> None:
    """Send one notice by e-mail now."""
    dispatching.dispatch_notice(notice_id, at=timezone.now())


@shared_task(ignore_result=True)
def dispatch_queued() -> dict[str, int]:
    """Send every notice by e-mail that is queued and due; for every minute."""
    return asdict(dispatching.dispatch_queued(at=timezone.now()))


@shared_task(ignore_result=True)
def print_letters() -> list[int]:
    """Print every letter that is queued, batch by batch; for once a working day. The ids of the batches."""
    batches = []
    while batch := printing.print_letters(at=timezone.now()):
        batches.append(batch.pk)
    return batches
