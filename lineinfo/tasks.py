"""The jobs of line information."""

from celery import shared_task
from django.utils import timezone

from lineinfo.services.carry_out_api_day import carry_out_api_day as carry_out


@shared_task(ignore_result=True)  # type: ignore[untyped-decorator]  # Celery carries no types
def carry_out_api_day() -> dict[str, int]:
    """Each night: what has its day today."""
    return carry_out(at=timezone.now())
