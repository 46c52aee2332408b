"""Answer a subscriber's claim for a damage as a second person, and note what was paid (isp-access 40)."""

from datetime import date, datetime

from django.db import transaction

from billing.models import DamageClaim
from billing.models.damage_claim import ANSWER
from contracts.moments import japan_date
from contracts.services.pending import pending
from contracts.services.tell import tell
from terms.article import ArticleRef
from terms.texts import describe
from workflow.models import User
from workflow.services.approve import decide
from workflow.services.perform import perform

_NOT_LIABLE = "約款の定めにより、利用不能に関する定めのほかは賠償の責任を負わないため"


def answer_damage_claim(*, claim: DamageClaim, by: User, at: datetime) -> DamageClaim:
    """A second person agrees: the amount is owed, or nothing where the document has the operator not liable. The subscriber is told.

    NotPermitted for the one who recorded it.
    """
    owed = claim.worked_out
    reason = "、".join(describe(line, "ja") for line in owed.lines) if owed else _NOT_LIABLE
    with transaction.atomic():
        decide(pending(claim, ANSWER), by=by, at=at, approved=True)
        _close(claim, by=by, at=at, grants=claim.amount > 0, reason=reason)
    return claim


def refuse_damage_claim(*, claim: DamageClaim, by: User, at: datetime, reason: str) -> DamageClaim:
    """A second person finds no such damage, or none that the operator brought about: ``reason``, in Japanese, is told."""
    with transaction.atomic():
        decide(pending(claim, ANSWER), by=by, at=at, approved=False, reason=reason)
        _close(claim, by=by, at=at, grants=False, reason=reason)
    return claim


def pay_damage_claim(*, claim: DamageClaim, by: User, on: date, reason: str) -> DamageClaim:
    """What is owed was paid on ``on``; ``reason``: how. WrongState unless it was granted."""
    perform(claim, "pay", by=by, on=on, reason=reason, article=ArticleRef.parse(claim.article))
    return claim


def _close(claim: DamageClaim, *, by: User, at: datetime, grants: bool, reason: str) -> None:
    on, article = japan_date(at), ArticleRef.parse(claim.article)
    perform(claim, "grant" if grants else "refuse", by=by, on=on, reason=reason, article=article)
    tell(
        claim.contract,
        "damage_claim_answered",
        on=on,
        article=article,
        about=claim,
        what=claim.what,
        claimed=claim.loss,
        amount=claim.amount,
        reason=reason,
    )
