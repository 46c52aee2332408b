"""Who calls: from the token of a request to the credential, its user and its contract."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from lineinfo.errors import CredentialRejected
from lineinfo.models import ApiContract, ApiUser, Credential
from lineinfo.models.secret import Secret
from lineinfo.tokens import SEPARATOR, proves

S = TypeVar("S", bound=Secret)

_USE_NOTED_EVERY = timedelta(minutes=1)


@dataclass(frozen=True)
class Caller:
    """One who proved to be an API user. What they may ask is another question (``standing``, ``rights``)."""

    credential: Credential
    api_user: ApiUser
    api_contract: ApiContract

    is_authenticated = True
    is_active = True

    @property
    def pk(self) -> int:
        """The credential: what is limited and logged."""
        return self.credential.pk


def authenticate(*, token: str, at: datetime) -> Caller:
    """The caller behind ``token`` at ``at``; the use is noted, to the minute.

    Raises CredentialRejected with code ``credential_unknown``, ``credential_revoked`` or ``credential_expired``. The
    credential of a contract that ended is not rejected here, so that the answer can say that the contract ended.
    """
    found = proven(Credential.objects.select_related("api_user__api_contract"), token)
    if found is None:
        raise CredentialRejected(
            "credential_unknown", _("The credential is not one of ours, or is incomplete.")
        )
    contract = found.api_user.api_contract
    if found.state == Credential.State.REVOKED or found.api_user.deleted_on is not None:
        raise CredentialRejected("credential_revoked", _("The credential was revoked."), found)
    if found.is_over(at) and contract.state != ApiContract.State.ENDED:
        raise CredentialRejected(
            "credential_expired", _("The credential’s time is over; use its successor."), found
        )
    note_use(found, at)
    return Caller(credential=found, api_user=found.api_user, api_contract=contract)


def proven(secrets: QuerySet[S], token: str) -> S | None:
    """The one of ``secrets`` that ``token`` proves to be, None where it is none of them."""
    prefix, separator, secret = token.partition(SEPARATOR)
    if not separator or "\0" in prefix:
        return None
    found = secrets.filter(prefix=prefix).first()
    return found if found is not None and proves(secret, found.digest) else None


def note_use(secret: Secret, at: datetime) -> None:
    """It was used at ``at``; noted to the minute."""
    earlier = at - _USE_NOTED_EVERY
    if secret.last_used_at is not None and secret.last_used_at >= earlier:
        return
    # A conditional update: of many calls at once one writes, and none waits for another.
    type(secret)._base_manager.filter(
        Q(last_used_at__isnull=True) | Q(last_used_at__lt=earlier), pk=secret.pk
    ).update(last_used_at=at)
