"""Close a claim for damages under an API contract: paid, or dropped."""

from datetime import date

from lineinfo.models import ApiDamageClaim
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def settle_api_claim(*, claim: ApiDamageClaim, by: User, on: date, reason: str) -> None:
    """It was paid or agreed upon on ``on``. WrongState where it is closed."""
    perform(claim, "settle", by=by, on=on, reason=reason, article=ArticleRef.parse(claim.article))


def withdraw_api_claim(*, claim: ApiDamageClaim, by: User, on: date, reason: str) -> None:
    """Whoever claimed it drops it. WrongState where it is closed."""
    perform(claim, "withdraw", by=by, on=on, reason=reason, article=ArticleRef.parse(claim.article))
