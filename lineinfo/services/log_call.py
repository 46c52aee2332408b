"""Log an answered API call."""

from datetime import datetime

from django.db import connection

from lineinfo.models import Credential

_LONGEST_PATH = 300

# One statement, which does not wait for the disk: the caller would. What a crash of the machine can lose is the log of less
# than a second, never anything that a call wrote.
_LOG = """
    WITH soon AS (SELECT set_config('synchronous_commit', 'off', true))
    INSERT INTO lineinfo_apicall (api_contract_id, credential_id, at, method, path, status, code, request_id)
    SELECT %s, %s, %s, %s, %s, %s, %s, %s FROM soon
"""


def log_call(
    *,
    credential: Credential,
    at: datetime,
    method: str,
    path: str,
    status: int,
    code: str = "",
    request_id: str = "",
) -> None:
    """One row: who (``credential``), what (``method``, ``path`` with its query, cut where too long), when, and the answer."""
    contract = credential.api_user.api_contract_id
    values = (contract, credential.pk, at, method[:8], path[:_LONGEST_PATH], status, code, request_id)
    with connection.cursor() as cursor:
        cursor.execute(_LOG, values)
