"""End the API contracts whose last day is over."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import ApiContract
from lineinfo.services.close_access import close_access
from terms.article import ArticleRef
from workflow.errors import WrongState
from workflow.models import User
from workflow.services.perform import perform


@dataclass(frozen=True)
class CarriedOut:
    """How many contracts ended, and how many wait for their notice to be dispatched."""

    ended: int
    waiting: int


def carry_out_api_endings(*, by: User, at: datetime) -> CarriedOut:
    """One round for the day of ``at``; a second one the same day changes nothing.

    A contract whose notice had to come first (line-info-api 12-4) ends after the day on which it left, if that was later
    than the last day it states.
    """
    on = japan_date(at)
    ended = waiting = 0
    due = ApiContract.objects.filter(state=ApiContract.State.ENDING, ends_on__lt=on).select_related(
        "ending_notice"
    )
    for contract in due:
        last_day = _last_day(contract)
        if last_day is None or last_day >= on:
            waiting += 1
            continue
        try:
            with transaction.atomic():
                article = ArticleRef.parse(contract.article) if contract.article else None
                perform(contract, "end", by=by, on=last_day, article=article, reason=contract.reason)
                close_access(contract=contract, by=by, at=at, reason=contract.reason)
            ended += 1
        except WrongState:
            pass  # another worker got there first
    return CarriedOut(ended=ended, waiting=waiting)


def _last_day(contract: ApiContract) -> date | None:
    """The day after which it is over, None while its notice has not left."""
    notice = contract.ending_notice
    if notice is None:
        return contract.ends_on
    if notice.dispatched_at is None or contract.ends_on is None:
        return None
    return max(contract.ends_on, japan_date(notice.dispatched_at))
