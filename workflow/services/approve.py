"""Propose an action and decide on it: nobody approves what they proposed."""

from datetime import datetime

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from terms.article import ArticleRef
from workflow.errors import NotPermitted, WrongState
from workflow.models import Approval, User


def propose(
    subject: models.Model,
    action: str,
    *,
    by: User,
    reason: str,
    at: datetime,
    article: ArticleRef | None = None,
) -> Approval:
    """Write down that ``by`` proposes ``action`` on ``subject`` at ``at``; a second person decides.

    Raises WrongState when the same action on the same
    subject already waits.
    """
    approval = Approval(
        subject=subject,
        action=action,
        proposed_by=by,
        proposed_at=at,
        reason=reason,
        article=str(article) if article else "",
    )
    try:
        with transaction.atomic():
            approval.save()
    except IntegrityError as error:
        if "approval_one_pending" not in str(error):
            raise
        raise WrongState(_("This action already waits for approval.")) from error
    return approval


def decide(approval: Approval, *, by: User, at: datetime, approved: bool, reason: str = "") -> Approval:
    """Record the second person's decision at ``at``.

    Raises NotPermitted when ``by`` proposed it or is no longer active, WrongState when it was decided already.
    """
    with transaction.atomic():
        approval.refresh_from_db(from_queryset=Approval.objects.select_for_update(of=("self",)))
        if approval.decision != Approval.Decision.PENDING:
            raise WrongState(_("This proposal was already decided."))
        if not by.is_active:
            raise NotPermitted(_("%(user)s is no longer active.") % {"user": by})
        if approval.proposed_by_id == by.pk:
            raise NotPermitted(_("Nobody approves what they proposed."))
        approval.decision = Approval.Decision.APPROVED if approved else Approval.Decision.REJECTED
        approval.decided_by = by
        approval.decided_at = at
        approval.decision_reason = reason
        approval.save()
    return approval
