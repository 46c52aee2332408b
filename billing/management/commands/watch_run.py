"""manage.py watch_run: how far the run of a month is, line by line, until all of it is rated."""

import time
from argparse import ArgumentParser
from datetime import date
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import BillingRun
from billing.pace import Pace, pace_of


class Command(BaseCommand):
    help = "Show how far a billing run is, how fast it goes and how long it will still take, until all of it is rated."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("month", nargs="?", help="such as 2025-06; the latest run by default")
        parser.add_argument("--every", type=float, default=2, metavar="SECONDS", help="2 by default")
        parser.add_argument("--once", action="store_true", help="say it once and end")

    def handle(self, *args: Any, **options: Any) -> None:
        run = _find(options["month"])
        while True:
            run.refresh_from_db()
            self.stdout.write(f"{run} {run.get_state_display()}: {told(pace_of(run, at=timezone.now()))}")
            if options["once"] or run.state not in (BillingRun.State.PREPARED, BillingRun.State.RATING):
                return
            self.stdout.flush()
            time.sleep(options["every"])


def told(pace: Pace) -> str:
    """Progress in one line."""
    said = _("%(done)s of %(all)s contracts (%(share)s)") % {
        "done": f"{pace.contracts_done:,}",
        "all": f"{pace.contracts:,}",
        "share": f"{pace.share:.0%}",
    }
    if pace.a_minute:
        said += " " + _("%(count)s a minute, %(left)s to go") % {
            "count": f"{pace.a_minute:,}",
            "left": str(pace.left),
        }
    return said


def month_of(text: str) -> date:
    """The first day of a month written like 2025-06. CommandError for anything else."""
    try:
        return date.fromisoformat(f"{text}-01")
    except ValueError as error:
        raise CommandError(_("“%(month)s” is no month: write it like 2025-06.") % {"month": text}) from error


def _find(month: str | None) -> BillingRun:
    runs = BillingRun.objects.exclude(state=BillingRun.State.ABANDONED)
    if month:
        runs = runs.filter(month=month_of(month))
    run = runs.order_by("-month").first()
    if run is None:
        raise CommandError(_("There is no such run: prepare one on the staff pages."))
    return run
