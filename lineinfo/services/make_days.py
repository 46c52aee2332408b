"""Make the partitions of the days to come, so that no delivery waits for one."""

from datetime import date, timedelta

from django.db import transaction

from lineinfo.days import claim_days

AHEAD = 7
"""Days."""


def make_days(*, on: date) -> None:
    """Those of the day and of a week ahead. What is there stays as it is."""
    for ahead in range(AHEAD + 1):
        with transaction.atomic():
            claim_days([on + timedelta(days=ahead)])
