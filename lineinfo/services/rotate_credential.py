"""Replace a credential by a new one; the old one works on for a while."""

from datetime import datetime, timedelta

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.limits import rotation_overlap
from lineinfo.models import Credential
from lineinfo.services.issue_credential import Issued, issue_credential
from workflow.models import User
from workflow.services.perform import perform


def rotate_credential(
    *, credential: Credential, by: User, at: datetime, overlap: timedelta | None = None, reason: str = ""
) -> Issued[Credential]:
    """The successor. The old credential works until ``at`` + ``overlap`` (default: ``limits.rotation_overlap``), or until it
    expires where that comes first.

    WrongState unless the old one is active and its user could be issued a new one.
    """
    until = at + (rotation_overlap() if overlap is None else overlap)
    with transaction.atomic():
        issued = issue_credential(api_user=credential.api_user, by=by, at=at)
        perform(
            credential,
            "rotate",
            by=by,
            on=japan_date(at),
            reason=reason,
            until=until,
        )
    return issued
