"""How fast a run is being rated, and how long it will still take."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q, Sum

from billing.models import BillingRun

_WINDOW = timedelta(minutes=2)


@dataclass(frozen=True, kw_only=True)
class Pace:
    """Chunks and contracts done, of how many; contracts a minute of late; and the time still to go.

    ``left`` is None while nobody works on it: before the first chunk, and when none was done for two minutes.
    """

    chunks_done: int
    chunks: int
    contracts_done: int
    contracts: int
    a_minute: int = 0
    left: timedelta | None = None

    @property
    def share(self) -> float:
        """What part is done, from 0 to 1."""
        return self.chunks_done / self.chunks if self.chunks else 0


def pace_of(run: BillingRun, *, at: datetime) -> Pace:
    """Where the run stands at ``at``. A chunk's mark is the moment at which its work began."""
    since = at - _WINDOW
    late = Q(done_at__gt=since)
    found = run.chunks.aggregate(
        chunks=Count("id"),
        chunks_done=Count("id", filter=~Q(done_at=None)),
        contracts_done=Sum("contracts", filter=~Q(done_at=None), default=0),
        lately=Sum("contracts", filter=late, default=0),
        first=Min("done_at"),
    )
    lately, first = found.pop("lately"), found.pop("first")
    contracts = max(run.contracts, found["contracts_done"])
    over = found["chunks_done"] == found["chunks"]
    if not lately or over:
        return Pace(contracts=contracts, left=timedelta(0) if over else None, **found)
    seconds = max((at - max(first, since)).total_seconds(), 1)
    left = timedelta(seconds=round((contracts - found["contracts_done"]) * seconds / lately))
    return Pace(contracts=contracts, a_minute=round(lately * 60 / seconds), left=left, **found)
