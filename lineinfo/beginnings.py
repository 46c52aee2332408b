"""The first line in the history of something with a state: who brought it into being, when, on which article."""

from datetime import date

from terms.article import ArticleRef
from workflow.models import Machine, StateChange, User


def note_beginning(
    obj: Machine, action: str, *, by: User, on: date, article: ArticleRef | None = None, reason: str = ""
) -> StateChange:
    """Write down that ``action`` ("apply", "issue") made ``obj``. ``perform`` records every move after this one."""
    return StateChange.objects.create(
        subject=obj,
        transition=action,
        source="",
        target=obj.state,
        on=on,
        by=by,
        reason=reason,
        article=str(article) if article else "",
    )
