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
from django.db.models import QuerySet

from config.demonstration.headings import HEADINGS
from contracts.models import Contract, LineGroupMember
from terms.document import Ground
from terms.pack import Pack
from terms.registry import codes, pack_for
from workflow.errors import NotPermitted, Refused, WrongState
from workflow.models import User

logger = logging.getLogger(__name__)

TOKYO = ZoneInfo("Asia/Tokyo")

Action = Callable[[], object]
G = TypeVar("G", bound=Ground)
T = TypeVar("T")

PATIENCE = timedelta(days=30)
"""So long what was taken up may take until it stands in the books; then it is taken up once more."""
SURELY = timedelta(days=150)
"""From this long after the beginning on, what chance has not brought is brought about."""


def of_article(ground: Ground) -> str:
    """How a heading names a ground."""
    return f"{ground.article} {ground.code}"


@dataclass
class World:
    """One operator on one day. ``on`` and ``within`` put an action on a coming day; ``live_through`` carries it out."""

    rng: Random
    staff: dict[str, User]
    today: date
    began: date
    tally: Counter[str] = field(default_factory=Counter)
    on_opening: list[Callable[[Contract], None]] = field(default_factory=list)
    _under_way: dict[str, date] = field(default_factory=dict)
    _counted: dict[str, tuple[date, Counter[str]]] = field(default_factory=dict)
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

    def lacks(self, title: str, *names: str) -> bool:
        """Whether one of the names under that heading (config.demonstration.headings) does not stand in the books."""
        counted = self._in_the_books(title)
        return any(not counted[name] for name in names)

    def untried(self, title: str, items: Sequence[T], name: Callable[[T], str]) -> list[T]:
        """The items whose names under that heading neither stand in the books nor were taken up lately.

        What chance, or an end that came first, has undone is so taken up again and again until it stands there.
        """
        counted = self._in_the_books(title)
        return [
            item
            for item in items
            if not counted[name(item)]
            and self._under_way.get(f"{title}: {name(item)}", self.today) <= self.today
        ]

    def take_up(self, title: str, name: str, *, patience: timedelta = PATIENCE) -> None:
        """It is under way: tally it, and leave it alone for a while."""
        self.tally[f"{title}: {name}"] += 1
        self._under_way[f"{title}: {name}"] = self.today + patience

    def let_go(self, title: str, name: str) -> None:
        """It came to nothing: it may be taken up at once."""
        self.tally[f"{title}: {name}"] -= 1
        self._under_way.pop(f"{title}: {name}", None)

    def _in_the_books(self, title: str) -> Counter[str]:
        """How often each name stands there, as of the first time that it was asked for today."""
        day, counted = self._counted.get(title, (None, Counter[str]()))
        if day != self.today:
            counted = _HEADINGS[title].counted()
            self._counted[title] = self.today, counted
        return counted

    def turned_down(self, what: str, refused: Refused) -> None:
        """Tally that ``what`` was refused by its guard, on which article."""
        self.tally[f"{what} refused: {refused.refusal.article} {refused.refusal.code}"] += 1

    def rarest(self, what: str, grounds: Sequence[G]) -> G:
        """The ground that was tallied least under ``what``, so that in the long run each comes up."""
        return min(grounds, key=lambda ground: self.tally[f"{what}: {of_article(ground)}"])

    def scarcest(self, what: str, names: Sequence[str]) -> str:
        """The name that was tallied least behind ``what``."""
        return min(names, key=lambda name: self.tally[f"{what} {name}"])

    def chance(self, probability: float) -> bool:
        """True with this probability."""
        return self.rng.random() < probability

    @property
    def surely(self) -> bool:
        """Whether there was time enough for chance."""
        return self.today - self.began >= SURELY

    def soon(self, probability: float) -> bool:
        """True with this probability; and surely once there was time enough for chance."""
        return self.chance(probability) or self.surely

    def some(self, terms_code: str, **conditions: object) -> Contract | None:
        """One of the earliest contracts under that document that fit, by chance; of the active ones, unless a state is named."""
        if not {"state", "state__in"} & conditions.keys():
            conditions = {"state": Contract.State.ACTIVE, "service_start__lt": self.today, **conditions}
        found = Contract.objects.filter(terms_code=terms_code, **conditions).exclude(pk__in=alone())
        first = list(found.order_by("pk").values_list("pk", flat=True)[:40])
        if not first:
            return None
        return Contract.objects.select_related("subscriber", "product", "line").get(pk=self.rng.choice(first))


def alone() -> QuerySet[LineGroupMember, int]:
    """The contracts of lines that were left alone in their groups and are told what that costs: nothing else befalls them."""
    told = LineGroupMember.objects.filter(left_on__isnull=True, group__told_on__isnull=False)
    return told.values_list("contract", flat=True)


def _name(action: Action) -> str:
    return (action.func if isinstance(action, partial) else action).__name__.strip("_").replace("_", " ")


_HEADINGS = {heading.title: heading for heading in HEADINGS}


def documents(on: date) -> Iterator[Pack]:
    """Every document in force on a day."""
    for code in codes():
        pack = pack_for(code, on, earliest=True)
        if pack.effective <= on:
            yield pack
