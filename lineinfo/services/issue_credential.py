"""Issue a credential to an API user."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Generic, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.moments import japan_date
from lineinfo.beginnings import note_beginning
from lineinfo.guards import CARE_DUTY, duty_article
from lineinfo.limits import credential_lifetime
from lineinfo.models import ApiContract, ApiUser, Credential
from lineinfo.models.secret import Secret
from lineinfo.services.living_user import living_user
from lineinfo.tokens import new_token
from workflow.errors import WrongState
from workflow.models import User

ISSUING_STATES = (ApiContract.State.ACTIVE, ApiContract.State.ENDING)


S = TypeVar("S", bound=Secret)


@dataclass(frozen=True)
class Issued(Generic[S]):
    """A new credential with its text, which is shown once and kept nowhere."""

    credential: S
    token: str = field(repr=False)


def issue_credential(
    *, api_user: ApiUser, by: User, at: datetime, expires_at: datetime | None = None
) -> Issued[Credential]:
    """A credential that works from ``at`` until ``expires_at`` (default: ``limits.credential_lifetime``) (line-info-api 8).

    Only the SHA-256 of its 256-bit secret is stored. WrongState where the user was deleted, or the contract is
    suspended or over; ValidationError, by field, for a moment that has passed.
    """
    until = expires_at or at + credential_lifetime()
    if until <= at:
        raise ValidationError({"expires_at": _("This moment has passed.")})
    with transaction.atomic():
        user = living_user(api_user)
        contract = user.api_contract
        if contract.state not in ISSUING_STATES:
            raise WrongState(
                _("%(contract)s is “%(state)s”; credentials are issued under an active contract.")
                % {"contract": contract, "state": contract.get_state_display()}
            )
        token = new_token()
        credential = Credential.objects.create(
            api_user=user, prefix=token.prefix, digest=token.digest, issued_at=at, expires_at=until
        )
        on = japan_date(at)
        note_beginning(credential, "issue", by=by, on=on, article=duty_article(contract.pack(on), CARE_DUTY))
    return Issued(credential=credential, token=token.text)
