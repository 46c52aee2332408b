"""Use is free again."""

from datetime import datetime

from django.db import transaction

from contracts.models import Restriction
from contracts.moments import japan_date
from notices.facts import moment_words
from notices.models import Posting
from notices.services.post import post
from terms.article import ArticleRef
from workflow.models import User
from workflow.selectors import clock_user
from workflow.services.perform import perform


def lift_restriction(*, restriction: Restriction, by: User, at: datetime, reason: str) -> Restriction:
    """The restriction ends at ``at``; where it was posted, so is its end. WrongState where it was lifted already."""
    article = ArticleRef.parse(restriction.article)
    with transaction.atomic():
        perform(restriction, "lift", by=by, on=japan_date(at), reason=reason, article=article, at=at)
        if restriction.posting_id is not None:
            post(
                category=Posting.Category.RESTRICTION,
                title="通信のご利用の制限の解除について",
                body=f"{moment_words(restriction.starts_at)}からの通信のご利用の制限を、{moment_words(at)}に解除しました。",
                article=article,
                at=at,
            )
    return restriction


def lift_restrictions_that_are_over(*, at: datetime) -> int:
    """Lift every restriction whose announced end has come; returns how many."""
    over = Restriction.objects.filter(state=Restriction.State.DECLARED, ends_at__lte=at)
    for restriction in over:
        assert restriction.ends_at is not None
        lift_restriction(
            restriction=restriction, by=clock_user(), at=restriction.ends_at, reason="予定した期間の満了"
        )
    return len(over)
