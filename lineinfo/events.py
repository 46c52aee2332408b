"""What happened or is planned on a line: works, faults, interruptions."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet

from contracts.models import Contract, Interruption, Line, Outage, Work


@dataclass(frozen=True)
class Event:
    """Something that can explain why a line gave nothing: ``kind`` is "works", "fault" or "interruption".

    ``to`` is None while it lasts.
    """

    kind: str
    from_: datetime
    to: datetime | None

    def meets(self, from_: datetime, to: datetime) -> bool:
        """Whether it overlaps the stretch [from_, to)."""
        return self.from_ < to and (self.to is None or self.to > from_)


def works_of(contract: Contract, since: datetime) -> QuerySet[Work]:
    """The works under the contract that were not done before ``since``."""
    return Work.objects.filter(Q(done_at__isnull=True) | Q(done_at__gt=since), contract=contract)


def outages_of(line: Line, since: datetime) -> QuerySet[Outage]:
    """The outages of the line that were not over before ``since``; those of interruptions stand under these."""
    return line.outages.filter(Q(restored__isnull=True) | Q(restored__gt=since), interruption__isnull=True)


def interruptions_of(line: Line, since: datetime) -> QuerySet[Interruption]:
    """The interruptions of the line that were not over before ``since``."""
    return line.interruptions.filter(Q(ended__isnull=True, ends_at__gt=since) | Q(ended__gt=since))


def events_between(*, contract: Contract, line: Line, from_: datetime, to: datetime) -> list[Event]:
    """Everything that was going on in [from_, to), or at the moment ``from_`` where both are the same."""
    return list(_events(contract, line, from_, to))


def _events(contract: Contract, line: Line, from_: datetime, to: datetime) -> Iterator[Event]:
    outages = outages_of(line, from_).filter(down__lte=to)
    for down, restored in outages.values_list("down", "restored"):
        yield Event("fault", down, restored)
    windows = interruptions_of(line, from_)
    for window in windows.filter(Q(began__isnull=True, starts_at__lte=to) | Q(began__lte=to)):
        yield Event("interruption", *window.lasted)
    works = Work.objects.filter(
        Q(state=Work.State.STARTED) | Q(state=Work.State.DONE, done_at__gt=from_),
        contract=contract,
        started_at__lte=to,
    )
    for started_at, done_at in works.values_list("started_at", "done_at"):
        if started_at is not None:
            yield Event("works", started_at, done_at)
