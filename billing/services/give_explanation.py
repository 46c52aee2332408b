"""Explain what a request costs, and record it: contracts keeps the record, billing knows the prices."""

from datetime import datetime

from billing.request_preview import RequestPreview, preview_open
from contracts.models import Explanation, Request
from contracts.moments import japan_date
from contracts.services.explain_request import explain_request
from workflow.models import User


def give_explanation(
    *, request: Request, by: User, at: datetime, method: str, given_by: str = ""
) -> Explanation:
    """The explanation of ``request`` with its prices as they stand at ``at``. Errors as in explain_request and preview_open."""
    preview = preview_open(request, on=japan_date(at))
    return explain_request(
        request=request, by=by, at=at, method=method, prices=prices_of(preview), given_by=given_by
    )


def prices_of(preview: RequestPreview) -> list[tuple[str, int]]:
    """Name and yen without tax of what is charged once and each period, each once."""
    return list(dict.fromkeys((charge.name, charge.amount) for charge in (*preview.once, *preview.added)))
