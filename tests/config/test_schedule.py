import pytest
from celery import current_app
from django.core.management import call_command
from django_celery_beat.models import PeriodicTask

from config.schedule import JOBS, Job, write_schedule

pytestmark = pytest.mark.django_db


def test_every_scheduled_job_is_a_task_that_exists():
    current_app.loader.import_default_modules()
    assert {job.task for job in JOBS} <= set(current_app.tasks)


def test_the_command_writes_every_job_in_japan_time_and_only_once():
    call_command("schedule_jobs")
    call_command("schedule_jobs")
    written = PeriodicTask.objects.filter(description="config/schedule.py").select_related("crontab")
    assert sorted(task.name for task in written) == sorted(job.name for job in JOBS)
    assert {str(task.crontab.timezone) for task in written} == {"Asia/Tokyo"}


def test_a_changed_job_is_changed_and_one_that_is_gone_is_removed():
    write_schedule([Job("a", "notices.tasks.x", minute="0"), Job("b", "notices.tasks.x", minute="0")])
    write_schedule([Job("a", "notices.tasks.x", minute="30", hour="2")])
    (task,) = PeriodicTask.objects.filter(description="config/schedule.py")
    assert (task.name, task.crontab.minute, task.crontab.hour) == ("a", "30", "2")


def test_what_staff_added_or_switched_off_stays():
    write_schedule([Job("a", "notices.tasks.x", minute="0")])
    PeriodicTask.objects.filter(name="a").update(enabled=False)
    own = PeriodicTask.objects.get(name="a")
    own.pk, own.name, own.description = None, "theirs", ""
    own.save()
    write_schedule([Job("a", "notices.tasks.x", minute="0")])
    assert PeriodicTask.objects.get(name="a").enabled is False
    assert PeriodicTask.objects.filter(name="theirs").exists()
