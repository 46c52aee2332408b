"""The signature on what a collector tells us: who sent it, when, and that nothing was changed on the way."""

import hmac
import re
from datetime import datetime
from hashlib import sha256

TOLERANCE = 300
"""Seconds by which the time in a signature may differ from ours. What is older was kept by somebody and sent again."""

_HEADER = re.compile(r"t=(?P<at>\d{1,12}),v1=(?P<mac>[0-9a-f]{64})")


class BadSignature(ValueError):
    """Not from the collector, changed on the way, or too old. The message says which."""


def sign(body: bytes, *, secret: str, at: datetime) -> str:
    """The header ``t=<seconds>,v1=<HMAC-SHA256 in hex>`` over the time and the body."""
    seconds = int(at.timestamp())
    return f"t={seconds},v1={_mac(body, secret, seconds)}"


def check_signature(body: bytes, header: str, *, secret: str, at: datetime) -> None:
    """Raises BadSignature unless ``header`` signs ``body`` with ``secret`` at a time near ``at``."""
    found = _HEADER.fullmatch(header)
    if found is None:
        raise BadSignature("The signature is missing or unreadable.")
    seconds = int(found["at"])
    if not hmac.compare_digest(found["mac"], _mac(body, secret, seconds)):
        raise BadSignature("The signature is not the collector's.")
    if abs(int(at.timestamp()) - seconds) > TOLERANCE:
        raise BadSignature("The signature is too old, or of a time to come.")


def _mac(body: bytes, secret: str, seconds: int) -> str:
    return hmac.new(secret.encode(), f"{seconds}.".encode() + body, sha256).hexdigest()
