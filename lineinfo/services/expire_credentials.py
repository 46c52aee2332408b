"""Say of the credentials whose time is over that it is."""

from datetime import datetime

from django.db.models import Q

from contracts.moments import japan_date
from lineinfo.models import Credential
from workflow.errors import WrongState
from workflow.models import User
from workflow.services.perform import perform


def expire_credentials(*, by: User, at: datetime) -> int:
    """One round at ``at``. They stopped working at their own moment already; this is the record. Returns how many."""
    due = Credential.objects.filter(
        Q(state=Credential.State.ACTIVE, expires_at__lte=at)
        | Q(state=Credential.State.ROTATED, stopped_at__lte=at)
        | Q(state=Credential.State.ROTATED, expires_at__lte=at)
    )
    count = 0
    for credential in due:
        try:
            perform(credential, "expire", by=by, on=japan_date(at), at=min(at, credential.works_until))
            count += 1
        except WrongState:
            pass  # revoked in between
    return count
