"""When a repair asked for at some hour begins (保守の態様による細目)."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Literal

from terms.article import ArticleRef
from terms.calendar import DAY, japan_clock
from terms.facts import require
from terms.result import Line, Result

Maintenance = Literal["type1-1", "type1-2", "type2"]


@dataclass(frozen=True, kw_only=True)
class Window:
    """Hours of every day, half-open [from_, to), of a maintenance type. Without hours: at any time."""

    maintenance: Maintenance
    from_: time | None = None
    to: time | None = None


@dataclass(frozen=True, kw_only=True)
class RepairWindow:
    """A request outside the hours waits for the next day's or this day's opening, on weekends too."""

    article: ArticleRef
    windows: tuple[Window, ...]


@dataclass(frozen=True, kw_only=True)
class RepairWindowFacts:
    """The maintenance type of the line and when the repair was ``requested``."""

    maintenance: Maintenance
    requested: datetime


@dataclass(frozen=True, kw_only=True)
class RepairWindowResult(Result):
    """When work ``starts`` at the latest, on the Japanese clock."""

    starts: datetime


def repair_window(rule: RepairWindow, facts: RepairWindowFacts) -> RepairWindowResult:
    """At once within the hours, otherwise at their next opening."""
    window = next((window for window in rule.windows if window.maintenance == facts.maintenance), None)
    require(window is not None, f"{rule.article} has no maintenance {facts.maintenance}")
    requested = japan_clock(facts.requested)
    starts = opening(window, requested) if window else requested
    line = Line(
        text="repair_at_once" if starts == requested else "repair_next_window",
        article=rule.article,
        from_=requested,
        to=starts,
    )
    return RepairWindowResult(article=rule.article, lines=(line,), starts=starts)


def opening(window: Window, requested: datetime) -> datetime:
    """The request itself if it came within the hours, else the next time they open."""
    if window.from_ is None or window.to is None or window.from_ <= requested.time() < window.to:
        return requested
    opens = datetime.combine(requested.date(), window.from_)
    return opens if requested < opens else opens + DAY
