"""The categories that there are. Each room names its own; config brings them together here."""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from contracts.retention.category import Category

Needed = Callable[[], QuerySet[Any]]
"""The keys of subscribers whose data a room still needs, whatever the period: an open claim, a live contract of its own."""

_categories: dict[str, Category] = {}
_needed: list[Needed] = []


def register(*categories: Category) -> None:
    """Make these categories known."""
    for category in categories:
        _categories[category.code] = category


def categories() -> list[Category]:
    """All of them, in the order in which they were named."""
    return list(_categories.values())


def category(code: str) -> Category:
    """The category of that code; KeyError where there is none."""
    return _categories[code]


def category_label(code: str) -> str:
    """The category's name as people read it; the code itself where there is none of it."""
    found = _categories.get(code)
    return str(found.label) if found else code


def need(*needed: Needed) -> None:
    """Say whom a room still needs."""
    _needed.extend(needed)


def still_needed() -> list[QuerySet[Any]]:
    """Whom any room still needs."""
    return [needed() for needed in _needed]
