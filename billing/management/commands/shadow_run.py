"""manage.py shadow_run: rate any month without writing anything, and see what it comes to."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from billing.management.commands.watch_run import month_of
from billing.models import Charge
from billing.shadow import Shadow, shadow_run


class Command(BaseCommand):
    help = "Rate a month, past or to come, as a billing run would, beside what runs charged. Writes nothing."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", help="such as 2025-06")
        parser.add_argument("--accounts", type=int, help="only the first so many accounts; all by default")

    def handle(self, *args: Any, **options: Any) -> None:
        month = month_of(options["month"])
        began, shadow = time.monotonic(), Shadow(month)
        for shadow in shadow_run(month, most=options["accounts"]):
            minutes = (time.monotonic() - began) / 60
            self.stderr.write(
                _("%(count)s contracts, %(rate)s a minute")
                % {"count": f"{shadow.contracts:,}", "rate": f"{shadow.contracts / max(minutes, 1e-6):,.0f}"}
            )
        kinds = dict(Charge.Kind.choices)
        for (terms_code, kind), rated, charged in shadow.rows():
            self.stdout.write(
                f"{terms_code} {kinds[kind]}: {rated.count:,} {rated.amount:,}円 / {charged.count:,} {charged.amount:,}円"
                f" ({rated.amount - charged.amount:+,}円)"
            )
        for reason, count in shadow.parked.most_common():
            self.stdout.write(f"{count:,} × {reason}")
