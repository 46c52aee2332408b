"""What of all that there is to exercise stands in the books, and what never came up.

Nothing here is counted while the operator lives: the counts are read from what the services wrote.
"""

from dataclasses import dataclass
from datetime import date

from config.demonstration.headings import HEADINGS
from config.demonstration.world import documents


@dataclass(frozen=True)
class Exercised:
    """How often each name under a heading came up; those that never did."""

    title: str
    counts: dict[str, int]

    @property
    def missing(self) -> list[str]:
        """The names that never came up."""
        return [name for name, count in self.counts.items() if not count]


def exercised(on: date) -> list[Exercised]:
    """Every heading, with what the documents in force on a day list under it."""
    packs = list(documents(on))
    found = []
    for heading in HEADINGS:
        counted = heading.counted()
        names = dict.fromkeys(name for pack in packs for name in heading.listed(pack))
        found.append(Exercised(heading.title, {name: counted[name] for name in names}))
    return found
