"""Pages of a list whose latest entry comes first."""

from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar

from django.db.models import Model, QuerySet
from rest_framework.request import Request
from rest_framework.response import Response

from lineinfo.api.cursor import from_cursor, to_cursor
from lineinfo.api.queries import PageQuery, checked

M = TypeVar("M", bound=Model)


def latest_first(
    request: Request,
    rows: QuerySet[M],
    body: Callable[[M], dict[str, Any]],
    *,
    at: datetime,
    kind: type[PageQuery] = PageQuery,
) -> Response:
    """The page of ``rows`` that the query asks for, by falling key, each row as ``body`` puts it."""
    query = checked(kind, request, at=at)
    rows = rows.order_by("-pk")
    if "cursor" in query:
        rows = rows.filter(pk__lt=from_cursor(query["cursor"]))
    found = list(rows[: query["limit"] + 1])
    page = found[: query["limit"]]
    more = len(found) > len(page)
    return Response(
        {"items": [body(row) for row in page], "next_cursor": to_cursor(page[-1].pk) if more else None}
    )
