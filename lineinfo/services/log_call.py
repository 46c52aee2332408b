"""Log an answered API call."""

from datetime import datetime

from lineinfo.models import ApiCall, Credential

_LONGEST_PATH = 300


def log_call(
    *,
    credential: Credential,
    at: datetime,
    method: str,
    path: str,
    status: int,
    code: str = "",
    request_id: str = "",
) -> ApiCall:
    """One row: who (``credential``), what (``method``, ``path`` with its query, cut where too long), when, and the answer."""
    return ApiCall.objects.create(
        api_contract=credential.api_user.api_contract,
        credential=credential,
        at=at,
        method=method[:8],
        path=path[:_LONGEST_PATH],
        status=status,
        code=code,
        request_id=request_id,
    )
