"""Who calls: the bearer credential of the request."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.request import Request

from lineinfo.api.problems import Problem
from lineinfo.api.throttle import take
from lineinfo.errors import CredentialRejected
from lineinfo.models import Credential
from lineinfo.services.authenticate import authenticate
from lineinfo.services.authenticate_system import authenticate_system

SCHEME = "Bearer"
REALM = "line-information"
_NOTED = "lineinfo_credential"


class BearerAuthentication(BaseAuthentication):
    """``Authorization: Bearer <credential>`` makes a Caller the user of the request.

    Whose credential it was is noted on the Django request even when it is rejected: the log of calls asks for it.
    """

    def authenticate(self, request: Request) -> tuple[Any, Any] | None:
        words = get_authorization_header(request).split()
        if not words:
            return None
        if words[0].lower() != SCHEME.lower().encode() or len(words) != 2:
            raise _unauthenticated(
                "malformed", _("Write “Authorization: Bearer” and the credential, with one space.")
            )
        at = timezone.now()
        try:
            return self.of_token(request, words[1].decode("latin-1"), at)
        except CredentialRejected as error:
            if error.credential is not None:
                _note(request, error.credential)
                take(str(error.credential.pk), at=at)
            raise _unauthenticated(error.code.removeprefix("credential_"), error.reason) from error

    def of_token(self, request: Request, token: str, at: datetime) -> tuple[Any, Any]:
        """The caller behind the token and the credential. Raises CredentialRejected."""
        caller = authenticate(token=token, at=at)
        _note(request, caller.credential)
        return caller, caller.credential

    def authenticate_header(self, request: Request) -> str:
        return f'{SCHEME} realm="{REALM}"'


class SystemAuthentication(BearerAuthentication):
    """The same head makes a System the user of the request, or a Caller, to whom the call is then not there."""

    def of_token(self, request: Request, token: str, at: datetime) -> tuple[Any, Any]:
        """A token that is no system's can still be an API user's."""
        system = authenticate_system(token=token, at=at)
        return (system, system.credential) if system else super().of_token(request, token, at)


def missing() -> Problem:
    """The refusal of a call without a credential."""
    return _unauthenticated("missing", _("This call carries no credential."))


def known_credential(request: Any) -> Credential | None:
    """The credential that the request proved to have, be it accepted or not."""
    found: Credential | None = getattr(request, _NOTED, None)
    return found


def _note(request: Request, credential: Credential) -> None:
    setattr(request._request, _NOTED, credential)


def _unauthenticated(cause: str, detail: str) -> Problem:
    return Problem(
        "unauthenticated",
        detail,
        members={"cause": cause},
        headers={"WWW-Authenticate": f'{SCHEME} realm="{REALM}"'},
    )
