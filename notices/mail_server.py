"""One SMTP connection, kept for a batch, that tells what the server answered to each mail."""

import smtplib
from contextlib import suppress
from types import TracebackType
from typing import Self

from django.core.mail.backends.smtp import EmailBackend


class NotSent(Exception):
    """The mail server did not take the mail.

    ``for_good``: it refused this address or this mail, and would again. ``server_down``: nothing can be sent now.
    """

    def __init__(self, reason: str, *, for_good: bool = False, server_down: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good
        self.server_down = server_down


class MailServer:
    """The mail server of settings (EMAIL_HOST and so on); connected at the first mail, closed at the end."""

    def __init__(self) -> None:
        # Django's backend for host, TLS and login only: its own send keeps the server's answer to itself.
        self._backend = EmailBackend()

    @property
    def name(self) -> str:
        """Host and port."""
        return f"{self._backend.host}:{self._backend.port}"

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._drop()

    def send(self, message: bytes, *, sender: str, recipient: str) -> str:
        """Hand over one mail and return the server's answer. Raises NotSent."""
        connection = self._envelope(sender)
        answer: bytes | str
        try:
            code, answer = connection.rcpt(recipient)
            taken = code in (250, 251)
            if taken:
                code, answer = connection.data(message)
                taken = code == 250
        except smtplib.SMTPDataError as error:
            taken, code, answer = False, error.smtp_code, error.smtp_error
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            raise NotSent(f"the connection to the mail server broke: {error}") from error
        said = _text(code, answer)
        if not taken:
            with suppress(OSError, smtplib.SMTPException):
                connection.rset()
            raise NotSent(f"the mail server answered: {said}", for_good=500 <= code < 600)
        return said

    def _envelope(self, sender: str) -> smtplib.SMTP:
        """A connection that has taken MAIL FROM. Many servers close one after some time or some mails: then a fresh one.

        When a fresh one fails it is the server or our own set-up, not this mail, and nothing can be sent now.
        """
        kept = self._backend.connection is not None
        try:
            self._backend.open()
            connection = self._backend.connection
            assert connection is not None
            connection.ehlo_or_helo_if_needed()
            code, answer = connection.mail(sender)
            if code != 250:
                raise smtplib.SMTPSenderRefused(code, answer, sender)
        except (OSError, smtplib.SMTPException) as error:
            self._drop()
            if kept:
                return self._envelope(sender)
            raise NotSent(f"the mail server {self.name} takes no mail: {error}", server_down=True) from error
        return connection

    def _drop(self) -> None:
        with suppress(OSError, smtplib.SMTPException):
            self._backend.close()


def _text(code: int, answer: bytes | str) -> str:
    return f"{code} {answer.decode('utf-8', 'replace') if isinstance(answer, bytes) else answer}"
