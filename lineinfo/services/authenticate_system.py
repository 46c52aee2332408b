"""Which system of the operator's own calls."""

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from lineinfo.errors import CredentialRejected
from lineinfo.models import SystemCredential
from lineinfo.services.authenticate import note_use, proven
from workflow.models import User


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
    found = proven(SystemCredential.objects.select_related("account"), token)
    if found is None:
        return None
    if found.state == SystemCredential.State.REVOKED or not found.account.is_active:
        raise CredentialRejected("credential_revoked", _("The credential was revoked."))
    if found.expires_at <= at:
        raise CredentialRejected("credential_expired", _("The credential’s time is over; use its successor."))
    note_use(found, at)
    return System(found)
