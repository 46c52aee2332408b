"""Delete an API user: their credentials stop at once, the record of who they were stays."""

from datetime import datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import ApiUser, Credential
from lineinfo.services.living_user import living_user
from lineinfo.services.revoke_credential import revoke_credential
from workflow.models import User


def delete_api_user(*, api_user: ApiUser, by: User, at: datetime, reason: str = "") -> ApiUser:
    """The user, deleted on the day of ``at`` (line-info-api 9-1). WrongState where that was done already.

    The row stays as long as the log of calls refers to it; when it goes is a matter of retention.
    """
    with transaction.atomic():
        user = living_user(api_user)
        for credential in user.credentials.filter(
            state__in=[Credential.State.ACTIVE, Credential.State.ROTATED]
        ):
            revoke_credential(credential=credential, by=by, at=at, reason=reason)
        user.deleted_on = japan_date(at)
        user.save()
    return user
