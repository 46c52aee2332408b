"""Announce that an API is out of use for a while (利用中止)."""

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.models import Interruption
from contracts.moments import japan_date
from lineinfo.models import ApiContract
from lineinfo.models.api_contract import LIVE_STATES
from notices.models import Posting
from notices.services.post import post
from notices.services.send_notice import send_notice
from terms.document import Interruption as Clause
from terms.pack import Pack
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused


def announce_api_interruption(
    *,
    terms_code: str,
    at: datetime,
    ground: str,
    title: str,
    starts_at: datetime,
    ends_at: datetime,
    urgent_reason: str = "",
) -> Interruption:
    """Between ``starts_at`` and ``ends_at`` every call is answered "interrupted", with the moment to come back at.

    It is posted and each contractor is told (line-info-api 16-2). Without ``urgent_reason`` it must lie ahead of ``at``.
    Refused for a ground that the document does not list, or one that comes without notice and without urgency.
    """
    pack = pack_for(terms_code, japan_date(at))
    clause = _clause(pack)
    listed = clause.ground(ground)
    refusal = None
    if listed is None:
        refusal = Refusal(
            clause.article,
            "no_such_ground",
            _("“%(ground)s” is not a ground of interruption here.") % {"ground": ground},
        )
    elif urgent_reason and not clause.urgent_exception:
        refusal = Refusal(clause.article, "no_urgent_exception", _("The document knows no exception for urgent cases."))
    elif starts_at <= at and not urgent_reason:
        refusal = Refusal(clause.article, "notice_first", _("An interruption is told beforehand, unless it is urgent."))
    elif ends_at <= starts_at:
        refusal = Refusal(clause.article, "empty_period", _("An interruption must end after it starts."))
    if refusal:
        raise Refused(refusal)
    assert listed is not None
    period = f"{localtime(starts_at):%Y-%m-%d %H:%M} ～ {localtime(ends_at):%Y-%m-%d %H:%M}"
    with transaction.atomic():
        posting = post(
            category=Posting.Category.INTERRUPTION,
            title=title,
            body=f"{pack.title}に基づく機能の利用を次のとおり中止します。\n\n期間：{period}\n事由：{listed.label}",
            article=listed.article,
            at=at,
            until=ends_at,
        )
        window = Interruption.objects.create(
            terms_code=terms_code,
            title=title,
            ground=ground,
            article=str(listed.article),
            starts_at=starts_at,
            ends_at=ends_at,
            urgent=bool(urgent_reason),
            urgent_reason=urgent_reason,
            posting=posting,
        )
        for contract in ApiContract.objects.filter(terms_code=terms_code, state__in=LIVE_STATES):
            send_notice(
                occasion="interruption_announced",
                recipient=contract.subscriber,
                about=window,
                article=listed.article,
                facts={
                    "title": title,
                    "reason": urgent_reason or listed.label,
                    "starts_at": starts_at,
                    "ends_at": ends_at,
                    "urgent": bool(urgent_reason),
                },
                at=at,
            )
    return window


def _clause(pack: Pack) -> Clause:
    if pack.interruption is None:
        raise Refused(
            no_such_clause(pack, "no_interruption", _("This document does not provide for interruptions."))
        )
    return pack.interruption
