"""Block the credential of a system at once."""

from datetime import datetime

from contracts.moments import japan_date
from lineinfo.models import SystemCredential
from workflow.models import StateChange, User
from workflow.services.perform import perform


def revoke_system_credential(
    *, credential: SystemCredential, by: User, at: datetime, reason: str
) -> StateChange:
    """From the commit on it opens nothing; what was delivered with it stays. WrongState where it is revoked already."""
    return perform(credential, "revoke", by=by, on=japan_date(at), reason=reason, at=at)
