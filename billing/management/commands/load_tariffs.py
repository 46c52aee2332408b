"""manage.py load_tariffs: tariffs, prices, tax rates and policies of the demonstration operator, or of a file of one's own."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.services.load_tariffs import DATA, KINDS, load_tariffs
from workflow.errors import NotPermitted
from workflow.models import User
from workflow.selectors import user_named


class Command(BaseCommand):
    help = "Load tariffs with their prices, tax rates, due-date and arrears policies. Safe to run again."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "file", nargs="?", type=Path, default=DATA, help="a TOML file (the demonstration's by default)"
        )
        parser.add_argument(
            "--by",
            default="",
            help="user name of the member of staff who loads it (the clock's account by default)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            by = user_named(options["by"])
            counts = load_tariffs(path=options["file"], by=by, at=timezone.now())
        except User.DoesNotExist as error:
            raise CommandError(_("There is no active user “%(name)s”.") % {"name": options["by"]}) from error
        except NotPermitted as error:
            raise CommandError(str(error)) from error
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        except OSError as error:
            raise CommandError(str(error)) from error
        self.stdout.write(
            _(
                "Added: %(tariffs)s tariffs, %(prices)s prices, %(tax_rates)s tax rates, %(due_policies)s due-date policies, "
                "%(arrears_policies)s arrears policies, %(review_policies)s review policies."
            )
            % {kind: counts.get(kind, 0) for kind in KINDS}
        )
