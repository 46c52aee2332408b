"""A notice as an e-mail."""

import hashlib
from datetime import datetime
from email.header import Header
from email.mime.text import MIMEText
from email.policy import compat32
from email.utils import format_datetime, formataddr, parseaddr
from typing import Any

from django.conf import settings
from django.core.mail.message import sanitize_address

from notices.models import Notice
from notices.operator import operator

# The older of Python's two mail policies: folding Japanese headers costs the newer one ten times as long.
_POLICY = compat32.clone(linesep="\r\n")


def sender() -> str:
    """The address that notices come from."""
    return parseaddr(settings.DEFAULT_FROM_EMAIL)[1]


def recipient(notice: Notice) -> str:
    """The address of the notice as SMTP writes it."""
    return sanitize_address(notice.address, "utf-8")


def message_id(notice: Notice) -> str:
    """The same for every attempt at the same address: a mail that came twice after a crash is seen to be one."""
    told = f"{notice.pk} {notice.written_at.isoformat()} {notice.address}"
    return f"<notice-{notice.pk}-{hashlib.sha256(told.encode()).hexdigest()[:16]}@{sender().rpartition('@')[2] or 'localhost'}>"


def mail(notice: Notice, *, at: datetime) -> bytes:
    """The notice as it is sent at ``at``. ValueError where its address or title cannot stand in a mail."""
    if "\n" in notice.subject or "\r" in notice.subject:
        raise ValueError(f"a title is one line: {notice.subject!r}")
    # Its stubs know no Header as a value, which is what keeps a long title from being folded twice.
    message: Any = MIMEText(notice.body, "plain", "utf-8")
    message["From"] = formataddr((operator().name, sender()))
    message["To"] = recipient(notice)
    message["Reply-To"] = operator().email
    message["Subject"] = Header(notice.subject, "utf-8")
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(notice)
    message["Content-Language"] = "ja"
    # Out-of-office replies stay away (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    return bytes(message.as_bytes(policy=_POLICY))
