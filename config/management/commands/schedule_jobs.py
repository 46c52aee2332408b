"""manage.py schedule_jobs — write config/schedule.py into the table that Celery beat reads."""

from typing import Any

from django.core.management.base import BaseCommand

from config.schedule import JOBS, write_schedule


class Command(BaseCommand):
    help = "Write the scheduled jobs of config/schedule.py into the table that Celery beat reads."

    def handle(self, *args: Any, **options: Any) -> None:
        write_schedule(JOBS)
