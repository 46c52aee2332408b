"""Queries of the calls that come often: Django takes longer to write one than PostgreSQL to answer it."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

from django.db import connection
from django.db.models import Expression, Field, QuerySet
from django.db.models.sql.compiler import SQLCompiler


class Given(Expression):
    """Stands in a query for a value that is given each time it is sent."""

    def __init__(self, name: str, kind: "Field[Any, Any]") -> None:
        super().__init__(output_field=kind)
        self.name = name

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, Any]:
        """A placeholder, and itself as its value."""
        return "%s", [self]


class Statement:
    """A query that is written once, and from then on sent with other values.

    ``build`` makes the query, of ``values_list``; where a value differs from call to call it has a Given.
    """

    def __init__(self, build: Callable[[], QuerySet[Any, tuple[Any, ...]]]) -> None:
        self._build = build

    def rows(self, **given: Any) -> list[tuple[Any, ...]]:
        """The answer to the query with the values of each Given, by name."""
        sql, parameters = self._written
        values = [given[value.name] if isinstance(value, Given) else value for value in parameters]
        with connection.cursor() as cursor:
            cursor.execute(sql, values)
            return list(cursor.fetchall())

    @cached_property
    def _written(self) -> tuple[str, tuple[Any, ...]]:
        return self._build().query.sql_with_params()
