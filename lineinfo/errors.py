"""What lineinfo raises besides the refusals of workflow."""

from lineinfo.models import Credential


class KeyReused(Exception):
    """The idempotency key of a delivery stood on another one."""


class CredentialRejected(Exception):
    """A token that opens nothing. ``code`` says why; ``credential`` is the one it proved to be, where it is one of ours."""

    def __init__(self, code: str, reason: str, credential: Credential | None = None) -> None:
        super().__init__(reason)
        self.code = code
        self.reason = reason
        self.credential = credential
