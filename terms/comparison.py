"""Two versions of a document side by side: what was added, removed, changed."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from terms.pack import Pack

_PASSED_OVER = frozenset({"effective"})


@dataclass(frozen=True, kw_only=True)
class Difference:
    """One place in which two versions differ. ``table`` and ``key`` as they stand in the file; None: not there."""

    kind: Literal["added", "removed", "changed"]
    table: str
    key: str
    before: str | None
    after: str | None

    @property
    def article(self) -> str:
        """The number of the article whose words differ, or ""."""
        return self.table.removeprefix("articles.") if self.table.startswith("articles.") else ""


def compare(before: Pack, after: Pack) -> list[Difference]:
    """Everything in which the two versions differ: articles in our words, tables, parameters of rules; in the order of the
    later version, then what it dropped."""
    old, new = dict(_leaves("", before.data)), dict(_leaves("", after.data))
    found = []
    for place in [*new, *(gone for gone in old if gone not in new)]:
        if old.get(place) == new.get(place):
            continue
        table, key = place
        kind: Literal["added", "removed", "changed"] = (
            "added" if place not in old else "removed" if place not in new else "changed"
        )
        found.append(Difference(kind=kind, table=table, key=key, before=old.get(place), after=new.get(place)))
    return found


def _leaves(table: str, data: Mapping[str, Any]) -> Iterator[tuple[tuple[str, str], str]]:
    for key, value in data.items():
        if not table and key in _PASSED_OVER:
            continue
        name = f"{table}.{key}" if table else key
        if isinstance(value, Mapping):
            yield from _leaves(name, value)
        elif isinstance(value, list) and any(isinstance(item, Mapping) for item in value):
            for place, item in enumerate(value, 1):
                yield from _leaves(f"{name}.{item.get('code', place)}", item)
        else:
            yield (table, key), _text(value)


def _text(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(map(_text, value))
    if isinstance(value, bool):
        return "true" if value else "false"
    return value.isoformat() if isinstance(value, date) else str(value)
