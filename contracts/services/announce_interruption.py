"""Announce that lines are out of use for maintenance or in an emergency."""

from collections.abc import Iterable
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.interruption import InterruptionFacts, may_interrupt
from contracts.models import Contract, Interruption, Line
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from notices.facts import moment_words
from notices.models import Posting
from notices.services.post import post
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def announce_interruption(
    *,
    by: User,
    at: datetime,
    terms_code: str,
    title: str,
    ground: str,
    starts_at: datetime,
    ends_at: datetime,
    lines: Iterable[Line],
    urgent: bool = False,
    urgent_reason: str = "",
) -> Interruption:
    """An interruption of ``lines`` in [starts_at, ends_at), posted and told to every subscriber concerned at ``at``.

    ``title`` is in Japanese. It goes by the channels of the document: the public page, a notice to each subscriber, or
    both. Refused on a ground that the document does not have, without an announcement beforehand (unless urgent, where
    the document makes that exception). ValidationError for lines that are not under the document, or none.
    """
    pack = pack_for(terms_code, japan_date(at))
    refusal = may_interrupt(
        pack, InterruptionFacts(ground=ground, announced_at=at, starts_at=starts_at, urgent=urgent)
    )
    if refusal:
        raise Refused(refusal)
    assert pack.interruption is not None
    found = pack.interruption.ground(ground)
    assert found is not None
    lines = list(lines)
    if not lines or any(line.terms_code != terms_code for line in lines):
        raise ValidationError(
            {"lines": _("Name the lines concerned, all of them under “%(terms)s”.") % {"terms": terms_code}}
        )
    with transaction.atomic():
        interruption = Interruption(
            terms_code=terms_code,
            title=title,
            ground=ground,
            article=str(found.article),
            starts_at=starts_at,
            ends_at=ends_at,
            urgent=urgent,
            urgent_reason=urgent_reason,
            announced_at=at,
            announced_by=by,
        )
        interruption.full_clean()
        channels = pack.interruption.channels
        if "web" in channels or "any" in channels:
            interruption.posting = _post(interruption, found.article, found.label, at)
        interruption.save()
        interruption.lines.set(lines)
        if set(channels) - {"web"}:
            _tell(interruption, found.label, lines, at)
    return interruption


def _post(interruption: Interruption, article: ArticleRef, reason: str, at: datetime) -> Posting:
    lines = [
        f"利用中止の期間：{moment_words(interruption.starts_at)}から{moment_words(interruption.ends_at)}まで",
        f"理由：{reason}",
    ]
    if interruption.urgent:
        lines.append(f"緊急に行う理由：{interruption.urgent_reason}")
    return post(
        category=Posting.Category.INTERRUPTION,
        title=interruption.title,
        body="\n".join(lines),
        article=article,
        at=at,
    )


def _tell(interruption: Interruption, reason: str, lines: list[Line], at: datetime) -> None:
    contracts = (
        Contract.objects.filter(line__in=lines, state__in=LIVE_STATES)
        .select_related("subscriber", "line")
        .order_by("pk")
        .iterator(chunk_size=1000)
    )
    article = ArticleRef.parse(interruption.article)
    send_notices(
        write_notice(
            occasion="interruption_announced",
            recipient=contract.subscriber,
            about=interruption,
            article=article,
            facts={
                "title": interruption.title,
                "reason": interruption.urgent_reason or reason,
                "starts_at": interruption.starts_at,
                "ends_at": interruption.ends_at,
                "contract_number": contract.number,
                "line_number": contract.line.number if contract.line else "",
                "urgent": interruption.urgent,
            },
            at=at,
        )
        for contract in contracts
    )
