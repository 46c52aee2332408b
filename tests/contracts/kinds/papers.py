"""Papers that come with a request."""

from contracts.models import Evidence, Request
from tests import factories


def hand_in(request: Request, *codes: str) -> Request:
    """The request with those papers on file."""
    for code in codes:
        Evidence.objects.create(
            request=request,
            code=code,
            title=code,
            seen_on=request.received_at.date(),
            recorded_by=factories.staff(),
        )
    # A refusal before rolled the database back, and not this object.
    request.refresh_from_db()
    return request
