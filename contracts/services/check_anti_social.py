"""Record a check that a subscriber is no anti-social force."""

from datetime import date

from contracts.models import AntiSocialCheck, Subscriber
from workflow.models import User


def check_anti_social(
    *, subscriber: Subscriber, by: User, on: date, method: str, result: str, note: str = ""
) -> AntiSocialCheck:
    """The check made on ``on``. What was found is proposed as the immediate ending from the page of the contract.

    ValidationError for a method or result that is none.
    """
    check = AntiSocialCheck(
        subscriber=subscriber, checked_on=on, method=method, result=result, note=note, by=by
    )
    check.full_clean()
    check.save()
    return check
