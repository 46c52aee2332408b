"""From TOML into frozen dataclasses, strictly: an unknown or missing key, or a value of another type, is an error."""

import types
from collections.abc import Callable, Mapping
from dataclasses import MISSING, Field, dataclass, field, fields, is_dataclass
from datetime import date, datetime, time
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Literal, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from terms.article import ArticleRef
from terms.calendar import Month
from terms.errors import PackError
from terms.rounding import FromPack

T = TypeVar("T")


def key_of(spec: "Field[Any]") -> str:
    """The key in the file: names that Python reserves carry an underscore in the class (``from_``)."""
    return spec.name.rstrip("_")


@dataclass(frozen=True)
class Reader:
    """Reads the tables of one file.

    ``article`` checks a citation and raises ValueError; ``loose_numbers`` lets a number stand where a decimal in text is
    expected (facts may, packs may not); ``defaults`` are the settings that keys marked FromPack fall back on.
    """

    source: str
    article: Callable[[str], ArticleRef]
    loose_numbers: bool = False
    defaults: Mapping[str, Any] = field(default_factory=dict)

    def table(self, cls: type[T], data: Any, table: str) -> T:
        """One table as an instance of the dataclass. PackError names what is wrong."""
        if not isinstance(data, dict):
            raise self.error(table, "", f"expected a table, found {shown(data)}")
        known = {key_of(spec): spec for spec in fields(cast(Any, cls)) if spec.init}
        for key in data:
            if key not in known:
                raise self.error(table, key, f"unknown key; known here: {', '.join(sorted(known))}")
        kinds = get_type_hints(cls, include_extras=True)
        values: dict[str, Any] = {}
        for key, spec in known.items():
            kind, setting = plain_kind(kinds[spec.name])
            if key in data:
                values[spec.name] = self.value(kind, data[key], table, key)
            elif setting in self.defaults:
                values[spec.name] = self.defaults[setting]
            elif spec.default is MISSING and spec.default_factory is MISSING:
                raise self.error(table, key, "missing key")
        try:
            return cls(**values)
        except ValueError as problem:
            raise self.error(table, "", str(problem)) from problem

    def value(self, kind: Any, value: Any, table: str, key: str) -> Any:
        """One value as the type that the field is declared with."""
        origin, args = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self.value(next(arg for arg in args if arg is not type(None)), value, table, key)
        if origin is Literal:
            if value not in args or isinstance(value, bool):
                raise self.error(table, key, f"{shown(value)} is not one of {', '.join(map(str, args))}")
            return value
        if origin is tuple:
            if not isinstance(value, list):
                raise self.error(table, key, f"expected a list, found {shown(value)}")
            return tuple(
                self.value(args[0], item, dotted(table, key), str(n)) for n, item in enumerate(value, 1)
            )
        if origin in (Mapping, dict):
            if not isinstance(value, dict):
                raise self.error(table, key, f"expected a table, found {shown(value)}")
            return {name: self.value(args[1], item, dotted(table, key), name) for name, item in value.items()}
        return self.single(kind, value, table, key)

    def single(self, kind: Any, value: Any, table: str, key: str) -> Any:
        if kind in (ArticleRef, Month):
            if not isinstance(value, str):
                raise self.error(table, key, f"expected text, found {shown(value)}")
            try:
                return self.article(value) if kind is ArticleRef else Month.parse(value)
            except ValueError as problem:
                raise self.error(table, key, str(problem)) from problem
        if kind is Decimal:
            return self.decimal(value, table, key)
        if isinstance(kind, type) and is_dataclass(kind):
            return self.table(kind, value, dotted(table, key))
        # bool is an int and datetime a date in Python, but not in a file that people read
        if (
            not isinstance(value, kind)
            or (kind is int and isinstance(value, bool))
            or (kind is date and isinstance(value, datetime))
        ):
            raise self.error(table, key, f"expected {NAMES.get(kind, kind.__name__)}, found {shown(value)}")
        return value

    def decimal(self, value: Any, table: str, key: str) -> Decimal:
        if isinstance(value, str) or (
            self.loose_numbers and isinstance(value, int | Decimal) and not isinstance(value, bool)
        ):
            try:
                number = Decimal(value)
            except InvalidOperation:
                raise self.error(table, key, f"{shown(value)} is not a decimal number") from None
            if number.is_finite():
                return number
        raise self.error(
            table, key, f'expected a decimal number in text, such as "0.145", found {shown(value)}'
        )

    def error(self, table: str, key: str, problem: str) -> PackError:
        return PackError(self.source, table, key, problem)


def plain_kind(kind: Any) -> tuple[Any, str]:
    """A declared type, and the name of the pack's setting that stands in for it where the file leaves it out, or ""."""
    if get_origin(kind) is Annotated:
        return get_args(kind)[0], next(
            (mark.setting for mark in get_args(kind)[1:] if isinstance(mark, FromPack)), ""
        )
    return kind, ""


NAMES: dict[type, str] = {
    int: "a whole number",
    str: "text",
    bool: "true or false",
    date: "a date (2025-06-01)",
    datetime: "a date and time (2025-06-01T09:00:00)",
    time: "a time of day (17:00:00)",
}


def shown(value: Any) -> str:
    """A value as it stands in the file, as far as that helps."""
    if isinstance(value, date | time):
        return value.isoformat()
    return f'"{value}"' if isinstance(value, str) else str(value)


def dotted(table: str, key: str) -> str:
    return f"{table}.{key}" if table else key
