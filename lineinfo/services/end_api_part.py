"""End a part of the function of an API document, while the rest goes on."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.discontinuation import ending_article
from contracts.guards.silent import no_such_clause
from contracts.models import TermsVersion
from contracts.moments import japan_date
from lineinfo.models import ApiContract, EndedPart
from lineinfo.models.api_contract import LIVE_STATES
from lineinfo.parts import Part, in_japanese
from notices.models import Posting
from notices.selectors import notices_about
from notices.services.post import post
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def end_api_part(
    *, terms_code: str, by: User, at: datetime, part: str, ends_on: date, reason: str
) -> EndedPart:
    """The ``part`` (a code of Part) is answered to nobody after ``ends_on`` (line-info-api 23-1).

    It is posted and each contractor is told beforehand (23-3); how long a reasonable time is, the one who calls decides.

    Refused where the document does not end parts, for a day that leaves no time before it, and for the last part that is
    left: that is the end of the service. ValidationError for a part whose end is announced already.
    """
    on = japan_date(at)
    pack = pack_for(terms_code, on)
    table = pack.discontinuation_notice
    if table is None or not table.in_part:
        raise Refused(
            no_such_clause(pack, "no_part", _("This document does not say that a part of the service ends."))
        )
    if ends_on <= on:
        raise Refused(Refusal(table.article, "notice_first", _("The end of a service is told beforehand.")))
    words = in_japanese([part])
    with transaction.atomic():
        # Whoever ends another part meanwhile waits here, lest nothing be left.
        list(TermsVersion.objects.select_for_update().filter(terms_code=terms_code))
        others = EndedPart.objects.filter(terms_code=terms_code).exclude(part=part)
        if others.count() == len(Part) - 1:
            raise Refused(
                Refusal(
                    ending_article(table),
                    "last_part",
                    _("Nothing would be left: end the whole service instead."),
                )
            )
        ended = EndedPart(
            terms_code=terms_code,
            part=part,
            ends_on=ends_on,
            article=str(ending_article(table)),
            reason=reason,
            announced_at=at,
            announced_by=by,
        )
        ended.full_clean(exclude=["posting"])
        ended.posting = post(
            category=Posting.Category.DISCONTINUATION,
            title=f"{pack.title}：機能の一部の提供終了のお知らせ",
            body=f"次の機能の提供を{ends_on:%Y年%-m月%-d日}をもって終了します。\n\n終了の範囲：{words}\n理由：{reason}",
            article=table.article,
            at=at,
        )
        ended.save()
        tell_of_ended_part(ended=ended, article=table.article, at=at)
    return ended


def tell_of_ended_parts(*, at: datetime) -> int:
    """Each night: contractors who came after an announcement are told, too. Returns how many."""
    on = japan_date(at)
    told = 0
    for ended in EndedPart.objects.filter(ends_on__gte=on):
        table = pack_for(ended.terms_code, on).discontinuation_notice
        article = table.article if table else ArticleRef.parse(ended.article)
        told += tell_of_ended_part(ended=ended, article=article, at=at)
    return told


def tell_of_ended_part(*, ended: EndedPart, article: ArticleRef, at: datetime) -> int:
    """Every contractor in a live contract who was not told yet is told. Returns how many."""
    contracts = ApiContract.objects.filter(terms_code=ended.terms_code, state__in=LIVE_STATES).exclude(
        subscriber__in=notices_about(ended).values("recipient_id")
    )
    return send_notices(
        write_notice(
            occasion="api_part_ending_notice",
            recipient=contract.subscriber,
            about=ended,
            article=article,
            facts={
                "api_id": contract.api_id,
                "part": in_japanese([ended.part]),
                "reason": ended.reason,
                "ends_on": ended.ends_on,
            },
            at=at,
        )
        for contract in contracts.select_related("subscriber")
    )
