"""The jobs that the clock starts, and when they last ran."""

from django.contrib import admin
from django.utils.translation import gettext_lazy as _
from django_celery_beat.models import PeriodicTask

from workflow.staff import cells
from workflow.staff.staff_admin import FactsAdmin


class PeriodicTaskAdmin(FactsAdmin):
    """To be read: the schedule is laid down in code (``manage.py schedule_jobs``)."""

    list_display = ["name", "task", "when", "enabled", "last_run", "total_run_count"]
    list_select_related = ["crontab", "interval"]
    list_filter = ["enabled"]
    search_fields = ["name", "task"]
    fields = ["name", "task", "when", "enabled", "last_run", "total_run_count", "description"]

    @admin.display(description=_("When"))
    def when(self, task: PeriodicTask) -> str:
        return str(task.schedule)

    @admin.display(description=_("Last run"))
    def last_run(self, task: PeriodicTask) -> str:
        return cells.moment(task.last_run_at)
