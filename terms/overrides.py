"""A document as agreed otherwise with one subscriber: the same pack, read once more with some parameters replaced."""

import json
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, NamedTuple

from terms.article import AGREED
from terms.errors import PackError
from terms.loader import read_pack
from terms.pack import Pack

Tables = Mapping[str, Mapping[str, Any]]

_FIXED = frozenset({"articles"})


class Agreed(NamedTuple):
    """One individual agreement: in force from ``since`` through ``until`` (None: without end).

    ``tables``: {table: {key: value}} as JSON, in the words of the pack's file. ``prices``: (tariff code, yen without tax).
    ``stays``: nothing was agreed, but the version effective on that day goes on applying, since a later one did not come to bind.
    """

    since: date
    until: date | None
    tables: str = "{}"
    prices: tuple[tuple[str, int], ...] = ()
    stays: date | None = None

    def holds_on(self, day: date) -> bool:
        """Whether it is in force on a day."""
        return self.since <= day and (self.until is None or day <= self.until)


def with_overrides(pack: Pack, tables: Tables, *, since: date) -> Pack:
    """The pack with these keys of its tables replaced, read by the same strict loader.

    The articles of a table that was touched name the agreement besides, so that every result cites both. PackError names the
    table and key that are wrong: an agreement changes parameters that the document has, and none of its articles.
    """
    data = dict(pack.data)
    source = f"individual agreement of {since.isoformat()}"
    for table, keys in tables.items():
        before = pack.data.get(table)
        if table in _FIXED or not isinstance(before, Mapping):
            known = ", ".join(
                sorted(
                    key for key, value in pack.data.items() if isinstance(value, dict) and key not in _FIXED
                )
            )
            raise PackError(source, table, "", f"{pack} has no such table; it has {known}")
        if not isinstance(keys, Mapping):
            raise PackError(source, table, "", "expected a table of keys and values")
        for key in keys:
            if key.endswith("article"):
                raise PackError(source, table, key, "an agreement does not change what a rule rests on")
        data[table] = {
            key: f"{value.partition(AGREED)[0]}{AGREED}{since.isoformat()}"
            if key.endswith("article")
            else value
            for key, value in {**before, **keys}.items()
        }
    return read_pack(data, source=source)


def version_day(agreements: Iterable[Agreed], on: date) -> date:
    """The day whose version of the document applies on a day: ``on`` itself, unless the contract stays under an earlier one."""
    kept = [agreed.stays for agreed in agreements if agreed.stays is not None and agreed.holds_on(on)]
    return min(kept, default=on)


def as_agreed(pack: Pack, agreements: Iterable[Agreed], on: date) -> Pack:
    """The pack as it stands on a day between the two sides: the agreements in force then, a later one over an earlier one.

    An agreed price marks the article on periodic charges, since what is charged rests on both.
    """
    for agreed in sorted(each for each in agreements if each.stays is None):
        if agreed.holds_on(on):
            pack = _read(pack, agreed.tables, agreed.since, bool(agreed.prices))
    return pack


@lru_cache(maxsize=4096)
def _read(pack: Pack, tables: str, since: date, priced: bool) -> Pack:
    wanted: dict[str, Any] = json.loads(tables)
    if priced and "periodic_charge" in pack.data:
        wanted.setdefault("periodic_charge", {})
    return with_overrides(pack, wanted, since=since)
