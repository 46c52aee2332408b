"""Announce that an API is out of use for a while (利用中止)."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from contracts.guards.interruption import InterruptionFacts, may_interrupt
from contracts.models import Interruption
from contracts.moments import japan_date
from lineinfo.models import ApiContract
from lineinfo.models.api_contract import LIVE_STATES
from lineinfo.parts import Part, in_japanese
from notices.facts import moment_words
from notices.models import Posting
from notices.services.post import post
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def announce_api_interruption(
    *,
    terms_code: str,
    by: User,
    at: datetime,
    ground: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    urgent_reason: str = "",
    parts: Iterable[str] = (),
) -> Interruption:
    """Between ``starts_at`` and ``ends_at`` every call, or every call about ``parts``, is answered "interrupted", with the time to
    wait.

    It is posted, and each contractor is told (line-info-api 16-2). ``title`` is in Japanese. Without ``urgent_reason`` it
    must be announced before it starts. Refused otherwise, for a ground that the document does not list, and for parts on a
    ground that is about the whole; ValidationError for an end that does not lie after the start.
    """
    pack = pack_for(terms_code, japan_date(at))
    urgent = bool(urgent_reason)
    closed = sorted({Part(part) for part in parts})
    refusal = may_interrupt(
        pack,
        InterruptionFacts(
            ground=ground, announced_at=at, starts_at=starts_at, urgent=urgent, in_part=bool(closed)
        ),
    )
    if refusal:
        raise Refused(refusal)
    listed = pack.interruption.ground(ground) if pack.interruption else None
    assert listed is not None  # may_interrupt refuses it otherwise
    period = f"{moment_words(starts_at)}から{moment_words(ends_at)}まで"
    extent = f"利用中止の範囲：{in_japanese(closed)}\n" if closed else ""
    with transaction.atomic():
        window = Interruption(
            terms_code=terms_code,
            title=title,
            ground=ground,
            article=str(listed.article),
            starts_at=starts_at,
            ends_at=ends_at,
            urgent=urgent,
            urgent_reason=urgent_reason,
            parts=closed,
            announced_at=at,
            announced_by=by,
        )
        window.full_clean()
        window.posting = post(
            category=Posting.Category.INTERRUPTION,
            title=title,
            body=f"利用中止の期間：{period}\n{extent}理由：{urgent_reason or listed.label}",
            article=listed.article,
            at=at,
        )
        window.save()
        _tell(window, urgent_reason or listed.label, listed.article, at)
    return window


def _tell(window: Interruption, reason: str, article: ArticleRef, at: datetime) -> None:
    contracts = ApiContract.objects.filter(terms_code=window.terms_code, state__in=LIVE_STATES)
    send_notices(
        write_notice(
            occasion="interruption_announced",
            recipient=contract.subscriber,
            about=window,
            article=article,
            facts={
                "title": window.title,
                "reason": reason,
                "starts_at": window.starts_at,
                "ends_at": window.ends_at,
                "urgent": window.urgent,
                **({"parts": in_japanese(window.parts)} if window.parts else {}),
            },
            at=at,
        )
        for contract in contracts.select_related("subscriber")
    )
