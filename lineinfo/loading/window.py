"""Which intervals a delivery may speak of: not beyond retention, not yet to come; and which of them come late."""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo.loading.aside import Problem
from lineinfo.models import BadRow

LATE_AFTER = timedelta(days=1)
"""An interval that began longer ago than this when its values came is marked as late."""

AHEAD = timedelta(minutes=5)
"""So far the clocks of the network may run ahead of ours."""


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of an interval, as COPY reads it; on which day in Japan it lies, and whether it came late."""

    text: str
    day: date
    late: bool


class Window:
    """Which beginnings a delivery may name, and why not the others."""

    def __init__(self, *, received: datetime, kept_from: date | None) -> None:
        self._received = received
        self._kept_from = kept_from

    def beginnings(self, texts: Iterable[str]) -> dict[str, Beginning]:
        """Those of ``texts`` (ISO 8601 with the time zone) that can be taken; a file names few, in many rows."""
        found = {}
        for text in texts:
            with suppress(Problem):
                found[text] = self._read(text)
        return found

    def problem(self, text: str) -> Problem:
        """Why ``text`` is not among the beginnings."""
        try:
            self._read(text)
        except Problem as problem:
            return problem
        raise AssertionError(text)

    def _read(self, text: str) -> Beginning:
        at = moment(text, "at")
        if at > self._received + AHEAD:
            raise Problem(_("“%(key)s” lies in the future.") % {"key": "at"})
        day = japan_date(at)
        if self._kept_from and day < self._kept_from:
            raise Problem(
                _("Records from before %(day)s are no longer kept.") % {"day": self._kept_from},
                kind=BadRow.Kind.BEYOND_RETENTION,
            )
        return Beginning(at.isoformat(), day, is_late(at, self._received))


def is_late(at: datetime, received: datetime) -> bool:
    """Whether an interval that began at ``at`` came late when it came at ``received``."""
    return at < received - LATE_AFTER


def moment(text: str, key: str) -> datetime:
    """The aware moment in ``text``; Problem for anything else."""
    try:
        at = datetime.fromisoformat(text)
        if is_naive(at) or not 1990 <= at.year <= 9000:
            raise ValueError
    except ValueError as error:
        raise Problem(
            _("“%(key)s” must be a moment with its time zone, such as 2025-10-01T09:00:00+09:00.")
            % {"key": key}
        ) from error
    return at
