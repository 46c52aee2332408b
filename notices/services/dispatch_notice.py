"""Send what is queued for e-mail: one notice, or everything that is due."""

import hashlib
import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from notices import mail
from notices.mail_server import MailServer, NotSent
from notices.models import Notice
from notices.models.notice import MOST_ATTEMPTS
from notices.services.second_channel import send_by_second_channel
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.perform import perform

_CLAIM = 20
"""How many notices a worker takes from the queue at a time."""

logger = logging.getLogger(__name__)


@dataclass
class Dispatched:
    """How many notices left, how many wait for another attempt, how many failed for good."""

    dispatched: int = 0
    postponed: int = 0
    failed: int = 0


def dispatch_notice(notice_id: int, *, at: datetime) -> Dispatched:
    """Send one notice at ``at``, unless it has left already, is not yet due, or another worker has it."""
    counts = Dispatched()
    with MailServer() as server:
        for notice in _claim(_due(at).filter(pk=notice_id), at, most=1):
            _attempt(notice, server, counts, at, clock_user())
    return counts


def dispatch_queued(*, at: datetime, limit: int | None = None) -> Dispatched:
    """Send the notices that are due at ``at``, the oldest first and at most ``limit``, over one connection.

    Stops when the mail server does not answer; the rest stays queued for the next sweep.
    """
    counts = Dispatched()
    tried, clock = 0, clock_user()
    with MailServer() as server:
        while claimed := _claim(_due(at), at, most=_CLAIM if limit is None else min(_CLAIM, limit - tried)):
            for number, notice in enumerate(claimed, start=1):
                if not _attempt(notice, server, counts, at, clock):
                    _give_back(claimed[number:])
                    return counts
            tried += len(claimed)
    return counts


def _due(at: datetime) -> QuerySet[Notice]:
    return Notice.objects.filter(state=Notice.State.QUEUED, channel=Notice.Channel.EMAIL).filter(
        Q(retry_at__isnull=True) | Q(retry_at__lte=at)
    )


def _claim(due: QuerySet[Notice], at: datetime, *, most: int) -> list[Notice]:
    """Count an attempt on the first of ``due`` and commit that, before the mail server is called.

    So a worker that dies in the middle neither loses the notices nor tries them again at once or for ever; and nobody else
    takes them meanwhile. Durable: inside a larger transaction a mail could leave for something that is then rolled back.
    """
    with transaction.atomic(durable=True):
        notices = list(due.select_for_update(of=("self",), skip_locked=True).order_by("id")[:most])
        for notice in notices:
            notice.count_attempt(at=at)
        Notice.objects.bulk_update(notices, ["attempts", "retry_at"])
    return notices


def _give_back(claimed: list[Notice]) -> None:
    """What was claimed and not tried costs no attempt."""
    for notice in claimed:
        notice.give_back()
    Notice.objects.bulk_update(claimed, ["attempts", "retry_at"])


def _attempt(notice: Notice, server: MailServer, counts: Dispatched, at: datetime, clock: User) -> bool:
    """Send a claimed notice and record what came of it. False when nothing more can be sent now."""
    with transaction.atomic():
        # The row stays locked while the mail leaves, so that it is sent and recorded by one worker only.
        claimed = Notice.objects.filter(pk=notice.pk, state=Notice.State.QUEUED, attempts=notice.attempts)
        if claimed.select_for_update(of=("self",), skip_locked=True).first() is None:
            return True
        try:
            evidence = _send(notice, server, at)
        except NotSent as error:
            _postpone(notice, error, counts, at)
            return not error.server_down
        perform(
            notice,
            "dispatch",
            by=clock,
            on=timezone.localdate(at),
            article=notice.article_ref,
            at=at,
            evidence=evidence,
        )
        counts.dispatched += 1
    return True


def _send(notice: Notice, server: MailServer, at: datetime) -> dict[str, Any]:
    """Send it and return the evidence. Raises NotSent, also for a mail that cannot be made."""
    try:
        message = mail.mail(notice, at=at)
        recipient = mail.recipient(notice)
    except ValueError as error:
        raise NotSent(f"no mail can be made of it: {error}", for_good=True) from error
    answer = server.send(message, sender=mail.sender(), recipient=recipient)
    return {
        "message_id": mail.message_id(notice),
        "recipient": recipient,
        "server": server.name,
        "answer": answer,
        "sha256": hashlib.sha256(message).hexdigest(),
    }


def _postpone(notice: Notice, error: NotSent, counts: Dispatched, at: datetime) -> None:
    """Keep the notice for its next attempt, or let it fail when there is none."""
    if error.for_good or notice.attempts >= MOST_ATTEMPTS:
        perform(
            notice,
            "fail",
            by=clock_user(),
            on=timezone.localdate(at),
            reason=str(error),
            article=notice.article_ref,
        )
        send_by_second_channel(notice=notice, at=at)
        counts.failed += 1
        logger.error("notice %s failed: %s", notice.pk, error)
    else:
        notice.failure = str(error)
        notice.save(update_fields=["failure"])
        counts.postponed += 1
        logger.warning("notice %s waits until %s: %s", notice.pk, notice.retry_at, error)
