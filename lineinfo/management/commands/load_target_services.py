"""manage.py load_target_services [FILE] — which services the line-information API covers."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from lineinfo.services.load_target_services import TARGETS, load_target_services


class Command(BaseCommand):
    help = "Load the services that an API document covers from a TOML file. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=TARGETS)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            new = load_target_services(path=file)
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from error
        self.stdout.write(_("%(count)s new target services.") % {"count": new})
