"""What runs and the clock ask workers to do. Each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from billing.models import BillingRun, RunChunk
from billing.services import issue_run as issuing
from billing.services import rate_chunk as rating
from billing.services import review_run as reviewing
from billing.services import run_arrears as arrears
from billing.wake import rate_soon
from workflow.models import User


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery carries no types
def rate_chunk(chunk_id: int) -> bool:
    """Rate one chunk; the last one puts the run into review."""
    done = rating.rate_chunk(chunk_id=chunk_id, at=timezone.now())
    reviewing.review_run(run=RunChunk.objects.get(pk=chunk_id).run, on=timezone.localdate())
    return done


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery carries no types
def continue_runs() -> int:
    """Hand chunks that were left behind to the workers again, for every ten minutes. How many there were."""
    left = RunChunk.objects.filter(run__state=BillingRun.State.RATING, done_at__isnull=True).values_list(
        "pk", flat=True
    )
    for chunk_id in left:
        rate_soon(chunk_id)
    for run in BillingRun.objects.filter(state=BillingRun.State.RATING):
        reviewing.review_run(run=run, on=timezone.localdate())
    return len(left)


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery carries no types
def issue_run(run_id: int, user_id: int) -> None:
    """Issue an approved run, or what is left of it."""
    run = BillingRun.objects.get(pk=run_id)
    if run.state != BillingRun.State.ISSUED:
        issuing.issue_run(run=run, by=User.objects.get(pk=user_id), at=timezone.now())


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery carries no types
def run_arrears() -> dict[str, int]:
    """The steps on unpaid debts of today, for every night."""
    return arrears.run_arrears(on=timezone.localdate())
