"""Write down a change that moves no state: who did what to a contract or subscriber, when, on which article."""

from datetime import date

from django.db.models import Model

from terms.article import ArticleRef
from workflow.models import StateChange, User


def note_change(
    subject: Model, what: str, *, by: User, on: date, reason: str = "", article: ArticleRef | None = None
) -> StateChange:
    """The record that ``by`` did ``what`` to ``subject`` on ``on``; its state, if it has one, stays as it is."""
    state = getattr(subject, "state", "")
    return StateChange.objects.create(
        subject=subject,
        transition=what,
        source=state,
        target=state,
        on=on,
        by=by,
        reason=reason,
        article=str(article) if article else "",
    )
