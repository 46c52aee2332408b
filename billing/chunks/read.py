"""Rows as plain tuples, by statements that PostgreSQL plans once for each worker."""

from collections.abc import Iterable
from typing import Any

from django.db import connection
from psycopg import Cursor

Row = tuple[Any, ...]


def fetch(statement: str, values: dict[str, Any]) -> list[Row]:
    """What the statement finds; moments in UTC, JSON as what it says.

    Django's cursors write the values into the text: with the thousands of IDs of a chunk in it a statement takes longer to
    plan than to run.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, Cursor(connection.connection) as cursor:
        return cursor.execute(statement, values, prepare=True, binary=True).fetchall()


def array(ids: Iterable[int]) -> str:
    """IDs as an array literal: a few thousand of them go with each statement."""
    return "{" + ",".join(map(str, ids)) + "}"


def by_first(found: Iterable[Row]) -> dict[int, list[Row]]:
    """Rows by their first column, which they lose."""
    lists: dict[int, list[Row]] = {}
    for row in found:
        lists.setdefault(row[0], []).append(row[1:])
    return lists
