"""manage.py demonstrate — make the demonstration operator once: catalogue, tariffs, a year of life, three logins."""

from datetime import date
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from config.demonstration.logins import make_logins
from contracts.models import Subscriber
from terms.calendar import Month

MONTHS = 12


class Command(BaseCommand):
    help = "Make the demonstration operator, unless there are subscribers already."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--subscribers", type=int, default=300)
        parser.add_argument("--seed", type=int, default=1)

    def handle(self, *args: object, subscribers: int, seed: int, **options: object) -> None:
        unfinished: Path = settings.RUN_FOLDER / "demonstration.unfinished"
        if Subscriber.objects.exists():
            if unfinished.exists():
                raise CommandError(
                    "The demonstration was interrupted while it was made; begin anew with: make reset"
                )
            return
        unfinished.touch()
        call_command("load_catalogue")
        call_command("load_target_services")
        call_command("load_tariffs")
        today: date = timezone.localdate()
        first = Month.of(today).plus(1 - MONTHS)
        call_command("operate", first=str(first), months=MONTHS, subscribers=subscribers, seed=seed)
        path = settings.RUN_FOLDER / "logins.txt"
        make_logins(path, at=timezone.now())
        unfinished.unlink()
        self.stdout.write(f"The logins are in {path}.")
