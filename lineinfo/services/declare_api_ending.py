"""Put an API contract on its way to its last day, and tell the contractor."""

from datetime import date, datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import ApiContract
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def declare_api_ending(
    *,
    contract: ApiContract,
    by: User,
    at: datetime,
    ended_by: str,
    ends_on: date,
    article: ArticleRef,
    reason: str,
    notice_first: bool,
    ground: str = "",
) -> None:
    """The contract is ending; whether it may has been asked before. WrongState where it is not in use.

    ``notice_first``: it ends only once the notice written here has been dispatched.
    """
    with transaction.atomic():
        notice = send_notice(
            occasion="api_ending_notice",
            recipient=contract.subscriber,
            about=contract,
            article=article,
            facts={"api_id": contract.api_id, "ends_on": ends_on, "reason": reason or "契約者の申出による"},
            at=at,
        )
        perform(
            contract,
            "declare_ending",
            by=by,
            on=japan_date(at),
            article=article,
            reason=reason,
            ends_on=ends_on,
            ended_by=ended_by,
            notice=notice if notice_first else None,
            ground=ground,
        )
