"""What approvals and state changes are about, loaded in one query a kind, together with what its name needs."""

from typing import Any

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import QuerySet

_ways: list[QuerySet[Any]] = []


def load_with(*rows: QuerySet[Any]) -> None:
    """Load subjects of these kinds as these querysets do: their names say something of another row."""
    _ways.extend(rows)


def with_subjects() -> "GenericPrefetch[Any]":
    """For ``prefetch_related`` on rows that have a ``subject``."""
    return GenericPrefetch("subject", [rows.all() for rows in _ways])
