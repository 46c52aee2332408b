"""The jobs of line information. Each is safe to run twice."""

from celery import shared_task
from django.utils import timezone

from lineinfo.models import LineBatch
from lineinfo.services import load_batch as loading
from lineinfo.services import load_waiting as waiting
from lineinfo.services import make_days as days
from lineinfo.services import take_folder as folder
from lineinfo.services.carry_out_api_day import carry_out_api_day as carry_out
from workflow.selectors import clock_user


@shared_task(ignore_result=True)
def carry_out_api_day() -> dict[str, int]:
    """Each night: what has its day today."""
    return carry_out(at=timezone.now())


@shared_task(ignore_result=True)
def load_batch(batch_id: int) -> None:
    """Load one delivery of line records."""
    batch = LineBatch.objects.get(pk=batch_id)
    loading.load_batch(batch=batch, by=clock_user(), at=timezone.now())


@shared_task(ignore_result=True)
def take_deliveries() -> int:
    """Every minute: take what lies in the folder, and load what a lost broker left behind."""
    by, at = clock_user(), timezone.now()
    folder.take_folder(by=by, at=at)
    return waiting.load_waiting(by=by, at=at)


@shared_task(ignore_result=True)
def make_days() -> None:
    """Each night: the partitions of the days to come."""
    days.make_days(on=timezone.localdate())
