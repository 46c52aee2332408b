"""Long lists in pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest

ROWS = 25


def page_of(found: QuerySet[Any], request: HttpRequest, *, rows: int = ROWS) -> Page[Any]:
    """The page of ``found`` that ``?page=`` asks for; the nearest one where there is no such page."""
    return Paginator(found, rows).get_page(request.GET.get("page"))
