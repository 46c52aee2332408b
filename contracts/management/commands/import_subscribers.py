"""manage.py import_subscribers FILE.csv — subscribers and running contracts, all rows or none."""

from pathlib import Path

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from contracts.importing.read_file import ImportRefused
from contracts.services.import_subscribers import import_subscribers
from workflow.selectors import clock_user


class Command(BaseCommand):
    help = "Import subscribers and their running contracts from a CSV file (UTF-8 or Shift_JIS): all rows or none."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)

    def handle(self, *args: object, file: Path, **options: object) -> None:
        try:
            data = file.read_bytes()
        except OSError as error:
            raise CommandError(f"{file}: {error.strerror}") from error
        try:
            done = import_subscribers(data=data, by=clock_user(), on=timezone.localdate())
        except ImportRefused as refused:
            for problem in refused.problems:
                self.stderr.write(f"{file}: {problem}")
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            _("%(subscribers)s subscribers and %(contracts)s contracts imported.")
            % {"subscribers": done.subscribers, "contracts": done.contracts}
        )
