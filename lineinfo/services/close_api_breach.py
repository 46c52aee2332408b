"""Close the breach of a duty under an API contract: it was put right, or proved to be none."""

from datetime import datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import ApiBreach, ApiSuspension
from lineinfo.services.lift_api_suspension import lift_api_suspension
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform

_UNDER_WAY = (ApiSuspension.State.ANNOUNCED, ApiSuspension.State.IN_FORCE)


def cure_api_breach(*, breach: ApiBreach, by: User, at: datetime, reason: str) -> None:
    """The contractor put it right: a suspension that rests on it is withdrawn or lifted. WrongState where it is closed."""
    article = ArticleRef.parse(breach.article)
    with transaction.atomic():
        perform(breach, "cure", by=by, on=japan_date(at), reason=reason, article=article)
        suspension = breach.suspension
        if suspension is not None and suspension.state in _UNDER_WAY:
            lift_api_suspension(suspension=suspension, by=by, at=at, reason=reason)


def dismiss_api_breach(*, breach: ApiBreach, by: User, at: datetime, reason: str) -> None:
    """It was no breach. WrongState where something rests on it already, or it is closed."""
    article = ArticleRef.parse(breach.article)
    perform(breach, "dismiss", by=by, on=japan_date(at), reason=reason, article=article)
