"""manage.py operate — live some months of an operator through the services that staff and jobs use."""

import gc
import logging
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.utils import timezone

from config.demonstration.exercised import exercised
from config.demonstration.world import World
from config.demonstration.year import live
from contracts.models import Product, Subscriber
from notices.wake import silent
from terms.calendar import Month


class Command(BaseCommand):
    help = "Live months of an operator: requests, works, billing, payments, suspensions, outages, endings, API calls."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--from", dest="first", required=True, metavar="YYYY-MM", help="the first month")
        parser.add_argument("--months", type=int, default=12)
        parser.add_argument("--subscribers", type=int, default=300)
        parser.add_argument("--seed", type=int, default=1)
        parser.add_argument(
            "--until", type=date.fromisoformat, help="stop before this day, if the months go further"
        )

    def handle(
        self,
        *args: object,
        first: str,
        months: int,
        subscribers: int,
        seed: int,
        until: date | None,
        **options: object,
    ) -> None:
        try:
            month = Month.parse(first)
        except ValueError as error:
            raise CommandError(f"--from: {error}") from error
        if months < 1 or subscribers < 1:
            raise CommandError("--months and --subscribers must be 1 or more.")
        if not Product.objects.exists():
            raise CommandError(
                "There is no catalogue yet; run: manage.py load_catalogue and manage.py load_tariffs"
            )
        if Subscriber.objects.exists():
            raise CommandError(
                "There are subscribers already; operate starts from an empty operator (make reset)."
            )
        # Millions of short-lived objects and no cycles among them: looking for garbage less often saves a tenth of the time.
        gc.set_threshold(100_000, 50, 100)
        with connection.cursor() as cursor:
            # A demonstration that a power cut ends is begun anew.
            cursor.execute("SET synchronous_commit = off")
        began = time.monotonic()
        # The simulation sends its notices itself, at the times that it simulates.
        with _mail_server(), silent(), _failures_only_counted():
            world = live(
                first=month.first,
                months=months,
                subscribers=subscribers,
                seed=seed,
                until=until or timezone.localdate(),
                progress=lambda world: self.stdout.write(
                    f"{world.today}: {world.tally['subscribers']} subscribers, {time.monotonic() - began:.0f} s"
                ),
            )
        self._summary(world)
        self._exercised(world.today)

    def _summary(self, world: World) -> None:
        self.stdout.write("")
        width = max(map(len, world.tally))
        for name, count in sorted(world.tally.items()):
            if count:
                self.stdout.write(f"{name:<{width}}  {count:>13,}")

    def _exercised(self, on: date) -> None:
        """What the documents list, how often each of it stands in the books now, and what never came up."""
        found = exercised(on)
        self.stdout.write("\nExercised")
        for heading in found:
            for name, count in heading.counts.items():
                self.stdout.write(f"{heading.title}: {name}  {count:,}")
        missing = [f"{heading.title}: {name}" for heading in found for name in heading.missing]
        self.stdout.write(f"\nNot exercised: {len(missing)}")
        for line in missing:
            self.stdout.write(line)


@contextmanager
def _mail_server() -> Iterator[None]:
    """The local sink, where mail goes to it and nobody else (a running ``make run``) has started it."""
    if _answers() or (settings.EMAIL_HOST, settings.EMAIL_PORT) != ("127.0.0.1", settings.MAIL_PORT):
        yield
        return
    # A process of its own, so that it works on the other core.
    environment = os.environ | {"MAIL_PORT": str(settings.MAIL_PORT), "RUN_FOLDER": str(settings.RUN_FOLDER)}
    sink = subprocess.Popen(
        [sys.executable, "-m", "config.mail_sink"], env=environment, stdout=subprocess.DEVNULL
    )
    try:
        while sink.poll() is None and not _answers():
            time.sleep(0.05)
        yield
    finally:
        sink.terminate()
        sink.wait()


@contextmanager
def _failures_only_counted() -> Iterator[None]:
    """Notices that were made to fail stand in the summary, and are no trouble to report."""
    logger = logging.getLogger("notices.services.dispatch_notice")
    before, logger.disabled = logger.disabled, True
    try:
        yield
    finally:
        logger.disabled = before


def _answers() -> bool:
    with socket.socket() as probe:
        return probe.connect_ex((settings.EMAIL_HOST, settings.EMAIL_PORT)) == 0
