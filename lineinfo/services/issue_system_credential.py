"""Issue a credential to a system of the operator's own that delivers line records."""

import re
from datetime import datetime

from django.contrib.auth.hashers import make_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.models import SystemCredential
from lineinfo.services.issue_credential import Issued
from lineinfo.tokens import SYSTEM_MARK, new_token
from workflow.models import User

_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,39}")
# No name of a person's account can have a colon.
_ACCOUNT = "system:{}"


def issue_system_credential(
    *, system: str, by: User, at: datetime, expires_at: datetime, reason: str = ""
) -> Issued[SystemCredential]:
    """A credential of the system of that name, which works from ``at`` until ``expires_at``; those it had go on working.

    The account under which the deliveries are recorded is made with the first one. ValidationError, by field, for a name that is
    none and for a moment that has passed.
    """
    if not _NAME.fullmatch(system):
        raise ValidationError(
            {"system": _("Write a name of small letters, digits and “-”, at most 40, such as nms-tokyo-1.")}
        )
    if expires_at <= at:
        raise ValidationError({"expires_at": _("This moment has passed.")})
    with transaction.atomic():
        account, _made = User.objects.get_or_create(
            username=_ACCOUNT.format(system),
            is_system=True,
            defaults={"last_name": system, "password": make_password(None)},
        )
        token = new_token(SYSTEM_MARK)
        credential = SystemCredential.objects.create(
            account=account, prefix=token.prefix, digest=token.digest, issued_at=at, expires_at=expires_at
        )
        note_beginning(credential, "issue", by=by, on=japan_date(at), reason=reason)
    return Issued(credential=credential, token=token.text)
