"""Which system of the operator's own calls."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Q
from django.utils.translation import gettext as _

from lineinfo.errors import CredentialRejected
from lineinfo.models import SystemCredential
from lineinfo.tokens import SEPARATOR, proves
from workflow.models import User

_USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class System:
    """One that proved to be a system of ours."""

    credential: SystemCredential

    is_authenticated = True
    is_active = True

    @property
    def account(self) -> User:
        """Under which it acts."""
        return self.credential.account


def authenticate_system(*, token: str, at: datetime) -> System | None:
    """The system behind ``token`` at ``at``; the use is noted, to the minute. None for a token that is no system's.

    Raises CredentialRejected with code ``credential_revoked`` or ``credential_expired``.
    """
    prefix, _separator, secret = token.partition(SEPARATOR)
    if "\0" in prefix:
        return None
    found = SystemCredential.objects.select_related("account").filter(prefix=prefix).first()
    if found is None or not proves(secret, found.digest):
        return None
    if found.state == SystemCredential.State.REVOKED or not found.account.is_active:
        raise CredentialRejected("credential_revoked", _("The credential was revoked."))
    if found.expires_at <= at:
        raise CredentialRejected("credential_expired", _("The credential’s time is over; use its successor."))
    earlier = at - _USE_NOTED_EVERY
    if found.last_used_at is None or found.last_used_at < earlier:
        SystemCredential.objects.filter(
            Q(last_used_at__isnull=True) | Q(last_used_at__lt=earlier), pk=found.pk
        ).update(last_used_at=at)
    return System(found)
