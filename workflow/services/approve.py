"""Propose an action and decide on it: nobody approves what they proposed."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.utils.translation import gettext as _

from terms.article import ArticleRef
from workflow.errors import NotPermitted, WrongState
from workflow.models import Approval, User


def propose(
    subject: models.Model, action: str, *, by: User, reason: str, article: ArticleRef | None = None
) -> Approval:
    """Write down that ``by`` proposes ``action`` on ``subject``; a second person decides.

    Raises WrongState when the same action on the same subject already waits.
    """
    waiting = Approval.objects.filter(
        subject_type=ContentType.objects.get_for_model(subject),
        subject_id=subject.pk,
        action=action,
        decision=Approval.Decision.PENDING,
    )
    if waiting.exists():
        raise WrongState(_("This action already waits for approval."))
    return Approval.objects.create(
        subject=subject, action=action, proposed_by=by, reason=reason, article=str(article) if article else ""
    )


def decide(approval: Approval, *, by: User, at: datetime, approved: bool, reason: str = "") -> Approval:
    """Record the second person's decision at ``at``.

    Raises NotPermitted when ``by`` proposed it, WrongState when it was decided already.
    """
    with transaction.atomic():
        approval.refresh_from_db(from_queryset=Approval.objects.select_for_update(of=("self",)))
        if approval.decision != Approval.Decision.PENDING:
            raise WrongState(_("This proposal was already decided."))
        if approval.proposed_by_id == by.pk:
            raise NotPermitted(_("Nobody approves what they proposed."))
        approval.decision = Approval.Decision.APPROVED if approved else Approval.Decision.REJECTED
        approval.decided_by = by
        approval.decided_at = at
        approval.decision_reason = reason
        approval.save()
    return approval
