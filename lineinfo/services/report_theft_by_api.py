"""Take a report of theft or misuse that came in through the API itself."""

from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.db import transaction

from lineinfo.models import ApiUser, Credential, CredentialIncident
from lineinfo.services.report_theft import report_theft
from workflow.models import User

_ACCOUNT = "line-information-api"


def report_theft_by_api(
    *, api_user: ApiUser, credential: Credential, at: datetime, happened: str
) -> CredentialIncident:
    """As report_theft, told by ``api_user``'s own system: it has no account here, so a system account stands for it."""
    account, _ = User.objects.get_or_create(
        username=_ACCOUNT,
        is_system=True,
        defaults={"last_name": "回線情報API", "password": make_password(None)},
    )
    with transaction.atomic():
        incident = report_theft(credential=credential, by=account, at=at, happened=happened)
        incident.reported_through = api_user
        incident.save(update_fields=["reported_through"])
    return incident
