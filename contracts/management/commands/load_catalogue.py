"""manage.py load_catalogue [FILE] — products, partners and service areas."""

from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils.translation import gettext as _

from contracts.services.load_catalogue import CATALOGUE, load_catalogue


class Command(BaseCommand):
    help = "Load products, partners and service areas from a TOML file. Running it again changes nothing."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, nargs="?", default=CATALOGUE)

    def handle(self, *args: Any, file: Path, **options: Any) -> None:
        try:
            loaded = load_catalogue(path=file)
        except ValidationError as error:
            raise CommandError(f"{file}: {' '.join(error.messages)}") from error
        self.stdout.write(
            _(
                "%(products)s products, %(partners)s partners, %(areas)s service areas; %(changed)s new or changed."
            )
            % {
                "products": loaded.products,
                "partners": loaded.partners,
                "areas": loaded.areas,
                "changed": loaded.changed,
            }
        )
