"""The mails that the local mail server kept, read back."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from pathlib import Path

_NAME = re.compile(r"\A[0-9A-Za-z-]+\Z")


@dataclass(frozen=True)
class Attachment:
    name: str
    content_type: str
    content: bytes


def _bytes(part: EmailMessage) -> bytes:
    content = part.get_payload(decode=True)
    # None for a part that has parts in turn, such as a forwarded mail.
    return content if isinstance(content, bytes) else part.as_bytes()


@dataclass(frozen=True)
class Mail:
    """One message; ``name`` is its file's, without .eml."""

    name: str
    message: EmailMessage

    @property
    def subject(self) -> str:
        return str(self.message.get("Subject", ""))

    @property
    def sender(self) -> str:
        return str(self.message.get("From", ""))

    @property
    def recipients(self) -> str:
        return str(self.message.get("X-Envelope-To", ""))

    @property
    def sent_at(self) -> datetime | None:
        try:
            return parsedate_to_datetime(str(self.message["Date"]))
        except ValueError:
            return None

    @property
    def text(self) -> str:
        """The plain text, or the source of the HTML where there is no plain text."""
        body = self.message.get_body(("plain", "html"))
        return str(body.get_content()).replace("\r\n", "\n") if body else ""

    @property
    def attachments(self) -> list[Attachment]:
        return [
            Attachment(
                name=part.get_filename() or f"attachment-{number}",
                content_type=part.get_content_type(),
                content=_bytes(part),
            )
            for number, part in enumerate(self.message.iter_attachments(), start=1)
        ]


def names(folder: Path) -> list[str]:
    """The names of all mails, the newest first."""
    return sorted((path.stem for path in folder.glob("*.eml")), reverse=True)


def read(folder: Path, name: str) -> Mail:
    """The mail of that name. FileNotFoundError when there is none."""
    if not _NAME.match(name):
        raise FileNotFoundError(name)
    message = message_from_bytes((folder / f"{name}.eml").read_bytes(), policy=policy.default)
    assert isinstance(message, EmailMessage)  # what policy.default makes
    return Mail(name=name, message=message)


def read_all(folder: Path, wanted: list[str]) -> Iterator[Mail]:
    return (read(folder, name) for name in wanted)
