"""manage.py load_roles — write the roles of workflow.roles into Django's groups."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from workflow.services.load_roles import NoSuchPermission, load_roles


class Command(BaseCommand):
    help = "Give each role exactly the permissions that workflow/roles.py lays down. Safe to run again."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            load_roles()
        except NoSuchPermission as error:
            raise CommandError(str(error)) from error
