"""The text of a credential: a prefix that finds it and a secret that proves it."""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass, field

SEPARATOR = "."
USER_MARK, SYSTEM_MARK = "li", "ls"
"""How the tokens of API users and of the operator's own systems begin."""

_PREFIX_BYTES = 6  # ten letters of base32: enough to be unique, too few to prove anything
_SECRET_BYTES = 32


@dataclass(frozen=True)
class NewToken:
    """A fresh token. ``text`` is for the user's eyes, once; prefix and digest are what we keep."""

    text: str = field(repr=False)
    prefix: str
    digest: str


def new_token(mark: str = USER_MARK) -> NewToken:
    """A token with a 256-bit random secret."""
    prefix = mark + base64.b32encode(secrets.token_bytes(_PREFIX_BYTES)).decode().rstrip("=").lower()
    secret = secrets.token_urlsafe(_SECRET_BYTES)
    return NewToken(text=f"{prefix}{SEPARATOR}{secret}", prefix=prefix, digest=digest_of(secret))


def digest_of(secret: str) -> str:
    """SHA-256 in hex. A random secret of 256 bits needs no slow hash: there is nothing to guess."""
    return hashlib.sha256(secret.encode()).hexdigest()


def proves(secret: str, digest: str) -> bool:
    """Whether ``secret`` is the one behind ``digest``, in a time that says nothing about how close it is."""
    return hmac.compare_digest(digest_of(secret), digest)
