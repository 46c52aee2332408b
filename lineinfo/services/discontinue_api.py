"""End the whole service of an API document."""

from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.silent import no_such_clause
from contracts.moments import japan_date
from lineinfo.models import ApiContract
from lineinfo.services.declare_api_ending import declare_api_ending
from notices.models import Posting
from notices.services.post import post
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User

DISCONTINUED = "discontinuation"


def discontinue_api(*, terms_code: str, by: User, at: datetime, ends_on: date, reason: str) -> int:
    """Every API contract under ``terms_code`` ends with the service on ``ends_on`` (line-info-api 23-1).

    It is posted and each contractor is told beforehand (23-3); how long a reasonable time is, the one who calls decides.
    Applications that wait are left to be answered. Returns how many contracts were told.

    Refused where the document has no such clause, or for a day that leaves no time before it.
    """
    on = japan_date(at)
    pack = pack_for(terms_code, on)
    table = pack.discontinuation_notice
    if table is None:
        raise Refused(
            no_such_clause(pack, "no_discontinuation", _("This document does not say how the service ends."))
        )
    if ends_on <= on:
        raise Refused(Refusal(table.article, "notice_first", _("The end of a service is told beforehand.")))
    in_use = ApiContract.objects.filter(
        terms_code=terms_code, state__in=[ApiContract.State.ACTIVE, ApiContract.State.SUSPENDED]
    ).select_related("subscriber")
    with transaction.atomic():
        post(
            category=Posting.Category.DISCONTINUATION,
            title=f"{pack.title}：提供終了のお知らせ",
            body=f"{pack.title}に基づく提供を{ends_on:%Y年%-m月%-d日}をもって終了します。\n\n理由：{reason}",
            article=table.article,
            at=at,
        )
        count = 0
        for contract in in_use:
            declare_api_ending(
                contract=contract,
                by=by,
                at=at,
                ended_by=ApiContract.EndedBy.OPERATOR,
                ends_on=ends_on,
                article=table.article,
                ground=DISCONTINUED,
                reason=reason,
                notice_first=True,
            )
            count += 1
    return count
