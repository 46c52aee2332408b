"""Of which stretches of time nothing was measured on a line, each with what was going on then."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from contracts.models import Contract, Line
from lineinfo.events import events_between
from lineinfo.measurements import gaps


@dataclass(frozen=True, slots=True)
class ExplainedGap:
    """A stretch [from_, to) without measurements. ``reasons``: of "fault", "interruption" and "works"; none means unknown."""

    from_: datetime
    to: datetime
    reasons: tuple[str, ...]


def explained_gaps(
    *, contract: Contract, line: Line, from_: datetime, to: datetime
) -> Iterator[ExplainedGap]:
    """The gaps of [from_, to) in order of time, each with every kind of event that it meets. ``to`` must not lie in the future."""
    events = events_between(contract=contract, line=line, from_=from_, to=to)
    for gap in gaps(line_id=line.pk, from_=from_, to=to):
        reasons = {event.kind for event in events if event.meets(gap.from_, gap.to)}
        yield ExplainedGap(gap.from_, gap.to, tuple(sorted(reasons)))
