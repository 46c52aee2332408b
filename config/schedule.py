"""What the clock does by itself: every scheduled job, in Japan time. ``manage.py schedule_jobs`` writes it for beat."""

from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django_celery_beat.models import CrontabSchedule, PeriodicTask, PeriodicTasks


@dataclass(frozen=True)
class Job:
    """``name`` is the job's key: two jobs of one name are one. Times are crontab fields."""

    name: str
    task: str
    minute: str
    hour: str = "*"
    day_of_week: str = "*"
    day_of_month: str = "*"


JOBS = [
    Job("notices: send what is queued", "notices.tasks.dispatch_queued", minute="*"),
    Job("notices: print letters", "notices.tasks.print_letters", minute="0", hour="9", day_of_week="mon-fri"),
    Job("contracts: what has its day", "contracts.tasks.carry_out_day", minute="10", hour="0"),
    # After the contracts: an API contract can end because its target contracts did.
    Job("lineinfo: what has its day", "lineinfo.tasks.carry_out_api_day", minute="40", hour="0"),
    Job("lineinfo: days to come", "lineinfo.tasks.make_days", minute="45", hour="0"),
    Job("contracts: erase what has outlived its period", "contracts.tasks.purge", minute="15", hour="4"),
    Job("lineinfo: deliveries of the network", "lineinfo.tasks.take_deliveries", minute="*"),
    Job("billing: steps on unpaid debts", "billing.tasks.run_arrears", minute="30", hour="1"),
    Job("billing: contract documents", "billing.tasks.hand_over_documents", minute="20"),
    Job("billing: chunks that were left behind", "billing.tasks.continue_runs", minute="*/10"),
    Job("billing: PDFs that were left behind", "billing.tasks.continue_papers", minute="5-59/10"),
]


@transaction.atomic
def write_schedule(jobs: list[Job]) -> None:
    """Make beat's table hold these jobs: new ones are added, changed ones changed, ours that are gone removed.

    What staff wrote into the table themselves stays, and so does their switching a job of ours off.
    """
    for job in jobs:
        when, _made = CrontabSchedule.objects.get_or_create(
            minute=job.minute,
            hour=job.hour,
            day_of_week=job.day_of_week,
            day_of_month=job.day_of_month,
            month_of_year="*",
            timezone=settings.TIME_ZONE,
        )
        PeriodicTask.objects.update_or_create(
            name=job.name, defaults={"task": job.task, "crontab": when, "description": _OURS}
        )
    PeriodicTask.objects.filter(description=_OURS).exclude(name__in=[job.name for job in jobs]).delete()
    # Beat reads the table anew; the writes above by queryset would not tell it.
    PeriodicTasks.update_changed()


# Stands with each job of ours in beat's table.
_OURS = "config/schedule.py"
