"""The staff pages of what packages bring along: jobs, second factors. What nobody needs on the screen is taken off it."""

from allauth.account.models import EmailAddress, EmailConfirmation
from django.apps import apps
from django.contrib import admin
from django_celery_beat.models import (
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
)

from config.admin.periodic_task import PeriodicTaskAdmin
from config.admin.second_factor import SecondFactorAdmin

for _model in (
    EmailAddress,
    EmailConfirmation,
    ClockedSchedule,
    CrontabSchedule,
    IntervalSchedule,
    PeriodicTask,
    SolarSchedule,
    apps.get_model("mfa", "Authenticator"),
):
    if admin.site.is_registered(_model):
        admin.site.unregister(_model)

admin.site.register(PeriodicTask, PeriodicTaskAdmin)
admin.site.register(apps.get_model("mfa", "Authenticator"), SecondFactorAdmin)
