"""What runs and the clock ask workers to do. Each is safe to run twice."""

from datetime import timedelta

from celery import shared_task
from django.utils import timezone

from billing.models import BillingRun, RunChunk
from billing.services import hand_over_documents as documents
from billing.services import issue_chunk as issuing
from billing.services import make_papers as papers
from billing.services import rate_chunk as rating
from billing.services import review_run as reviewing
from billing.services import run_arrears as arrears
from billing.wake import issue_soon, papers_soon, rate_soon

_A_WHILE = timedelta(minutes=30)
"""So long the workers have for the PDFs of a chunk before the sweep asks for them again."""


@shared_task(ignore_result=True)
def rate_chunk(chunk_id: int) -> bool:
    """Rate one chunk; the last one puts the run into review."""
    done = rating.rate_chunk(chunk_id=chunk_id, at=timezone.now())
    reviewing.review_run(run=RunChunk.objects.get(pk=chunk_id).run, at=timezone.now())
    return done


@shared_task(ignore_result=True)
def issue_chunk(chunk_id: int) -> bool:
    """Issue one chunk; with the last one the run is issued."""
    done = issuing.issue_chunk(chunk_id=chunk_id)
    issuing.finish_issuing(run=RunChunk.objects.get(pk=chunk_id).run)
    return done


@shared_task(ignore_result=True)
def make_papers(chunk_id: int) -> int:
    """Make the PDFs of the invoices of one chunk. How many were made."""
    return papers.make_papers(chunk_id=chunk_id, at=timezone.now())


@shared_task(ignore_result=True)
def continue_runs() -> int:
    """Hand chunks that were left behind to the workers again, for every ten minutes. How many there were."""
    count = 0
    for run in BillingRun.objects.filter(state=BillingRun.State.RATING):
        reviewing.review_run(run=run, at=timezone.now())
        for chunk_id in run.chunks.filter(done_at__isnull=True).values_list("pk", flat=True):
            rate_soon(chunk_id)
            count += 1
    for run in BillingRun.objects.filter(state=BillingRun.State.APPROVED, issued_at__isnull=False):
        issuing.finish_issuing(run=run)
        for chunk_id in run.chunks.filter(issued_at__isnull=True).values_list("pk", flat=True):
            issue_soon(chunk_id)
            count += 1
    return count


@shared_task(ignore_result=True)
def continue_papers() -> int:
    """Ask again for the PDFs of chunks that were left behind, for every ten minutes. How many there were."""
    late = timezone.now() - _A_WHILE
    left = list(RunChunk.objects.filter(papers_at=None, issued_at__lt=late).values_list("pk", flat=True))
    for chunk_id in left:
        papers_soon(chunk_id)
    return len(left)


@shared_task(ignore_result=True)
def run_arrears() -> dict[str, int]:
    """The steps on unpaid debts of today, for every night."""
    return arrears.run_arrears(on=timezone.localdate())


@shared_task(ignore_result=True)
def hand_over_documents() -> int:
    """Hand over the contract documents that are due, for every hour. How many."""
    return documents.hand_over_documents(at=timezone.now())
