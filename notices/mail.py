"""A notice as an e-mail."""

import hashlib
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime, formataddr, parseaddr

from django.conf import settings
from django.core.mail.message import sanitize_address

from notices.models import Notice
from notices.operator import operator

# Seven bits, so that no server on the way needs to know 8BITMIME.
_POLICY = SMTP.clone(cte_type="7bit")


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


def mail(notice: Notice, *, at: datetime) -> EmailMessage:
    """The notice as it is sent at ``at``."""
    message = EmailMessage(policy=_POLICY)
    message["From"] = formataddr((operator().name, sender()))
    message["To"] = recipient(notice)
    message["Reply-To"] = operator().email
    message["Subject"] = notice.subject
    message["Date"] = format_datetime(at)
    message["Message-ID"] = message_id(notice)
    message["Content-Language"] = "ja"
    # Out-of-office replies stay away (RFC 3834).
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(notice.body)
    return message
