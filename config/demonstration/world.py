"""What the simulated year knows: the day, the chance, the staff, and what is still to come."""

import heapq
import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import partial
from itertools import count
from random import Random
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError

from contracts.models import Contract
from terms.document import Ground
from terms.pack import Pack
from terms.registry import codes, pack_for
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.models import User

logger = logging.getLogger(__name__)

TOKYO = ZoneInfo("Asia/Tokyo")

Action = Callable[[], object]
G = TypeVar("G", bound=Ground)


@dataclass
class World:
    """One operator on one day. ``on`` and ``within`` put an action on a coming day; ``live_through`` carries it out."""

    rng: Random
    staff: dict[str, User]
    today: date
    began: date
    tally: Counter[str] = field(default_factory=Counter)
    on_opening: list[Callable[[Contract], None]] = field(default_factory=list)
    _agenda: list[tuple[date, int, Action]] = field(default_factory=list)
    _serial: Iterator[int] = field(default_factory=count)

    def at(self, hour: int, minute: int = 0) -> datetime:
        """A time of today in Japan."""
        return datetime.combine(self.today, time(hour, minute), TOKYO)

    def on(self, day: date, action: Action) -> None:
        """Put ``action`` on ``day``, or on tomorrow when that day is gone."""
        day = max(day, self.today + timedelta(days=1))
        heapq.heappush(self._agenda, (day, next(self._serial), action))

    def within(self, least: int, most: int, action: Action) -> None:
        """Put ``action`` on some day between ``least`` and ``most`` days from today."""
        self.on(self.today + timedelta(days=self.rng.randint(least, most)), action)

    def live_through(self) -> None:
        """Carry out what was planned for today, in the order in which it was planned."""
        while self._agenda and self._agenda[0][0] <= self.today:
            self.attempt(heapq.heappop(self._agenda)[2])

    def attempt(self, action: Action) -> None:
        """Do it, as a person would who has not looked whether it can still be done; what is refused is tallied.

        Between the plan and its day a contract may have ended, been suspended or passed to another.
        """
        try:
            action()
        except Refused as refused:
            self.turned_down("action", refused)
        except (WrongState, NotPermitted, ValidationError) as problem:
            self.tally[f"action not possible any more: {_name(action)}"] += 1
            logger.debug("%s: %s: %s", self.today, _name(action), problem)

    def untried(self, what: str, grounds: Sequence[G]) -> list[G]:
        """The grounds that were never tallied under ``what``."""
        return [ground for ground in grounds if self.tally[mark(what, ground)] <= 0]

    def count(self, what: str, ground: Ground) -> None:
        """Tally ``what`` on that ground."""
        self.tally[mark(what, ground)] += 1

    def discount(self, what: str, ground: Ground) -> None:
        """It came to nothing: tally once less."""
        self.tally[mark(what, ground)] -= 1

    def turned_down(self, what: str, refused: Refused) -> None:
        """Tally that ``what`` was refused by its guard, on which article."""
        self.tally[f"{what} refused: {refused.refusal.article} {refused.refusal.code}"] += 1

    def rarest(self, what: str, grounds: Sequence[G]) -> G:
        """The ground that was tallied least under ``what``, so that in the long run each comes up."""
        return min(grounds, key=lambda ground: self.tally[mark(what, ground)])

    def scarcest(self, what: str, names: Sequence[str]) -> str:
        """The name that was tallied least behind ``what``."""
        return min(names, key=lambda name: self.tally[f"{what} {name}"])

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.rng.random() < probability

    def some(self, terms_code: str, **conditions: object) -> Contract | None:
        """One of the earliest contracts under that document that fit, by chance; of the active ones, unless a state is named."""
        if not {"state", "state__in"} & conditions.keys():
            conditions = {"state": Contract.State.ACTIVE, "service_start__lt": self.today, **conditions}
        found = Contract.objects.filter(terms_code=terms_code, **conditions).select_related(
            "subscriber", "product", "line"
        )
        first = list(found.order_by("pk")[:40])
        return self.rng.choice(first) if first else None


def _name(action: Action) -> str:
    return (action.func if isinstance(action, partial) else action).__name__.strip("_").replace("_", " ")


def mark(what: str, ground: Ground) -> str:
    """The name under which ``what`` is tallied on a ground."""
    return f"{what}: {ground.article} {ground.code}"


def documents(on: date) -> Iterator[Pack]:
    """Every document in force on a day."""
    for code in codes():
        pack = pack_for(code, on, earliest=True)
        if pack.effective <= on:
            yield pack
