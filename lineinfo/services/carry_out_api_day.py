"""What the clock does each night for API contracts."""

from datetime import datetime

from contracts.moments import japan_date
from lineinfo.services.carry_out_api_endings import carry_out_api_endings
from lineinfo.services.end_api_part import tell_of_ended_parts
from lineinfo.services.end_without_targets import end_without_targets
from lineinfo.services.expire_credentials import expire_credentials
from lineinfo.services.forget_answers import forget_answers
from lineinfo.services.keep_api_suspensions import keep_api_suspensions
from lineinfo.services.keep_api_terms import keep_api_terms
from workflow.selectors import clock_user


def carry_out_api_day(*, at: datetime) -> dict[str, int]:
    """One round for the day of ``at``: last days, suspensions, contracts without targets, credentials. Safe to run twice.

    Returns how many of each; those that wait do so for the proof that their notice was dispatched.
    """
    by = clock_user()
    endings = carry_out_api_endings(by=by, at=at)
    suspensions = keep_api_suspensions(by=by, at=at)
    return {
        "API contracts ended": endings.ended,
        "API endings waiting": endings.waiting,
        "API suspensions enforced": suspensions.enforced,
        "API suspensions expired": suspensions.expired,
        "API suspensions waiting": suspensions.waiting,
        "told of the end of a part of the API": tell_of_ended_parts(at=at),
        "API endings declared for want of targets": end_without_targets(by=by, at=at),
        "credentials expired": expire_credentials(by=by, at=at),
        "API contracts kept under earlier terms": keep_api_terms(on=japan_date(at)),
        "answers forgotten": forget_answers(at=at),
    }
