"""What the clock asks workers to do with contracts. Safe to run twice."""

from celery import shared_task
from django.utils import timezone

from contracts.services import purge as purging
from contracts.services.carry_out_day import carry_out_day as carry_out
from workflow.selectors import clock_user


@shared_task(ignore_result=True)
def carry_out_day() -> dict[str, int]:
    """Endings, suspensions, requests and new terms that have their day today; for soon after midnight in Japan."""
    return carry_out(on=timezone.localdate())


@shared_task(ignore_result=True)
def purge() -> dict[str, int]:
    """Each night: what has outlived its period is erased."""
    return purging.purge_all(by=clock_user(), at=timezone.now())
