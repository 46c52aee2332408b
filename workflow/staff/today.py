"""Today's work: what each room puts on the first page of the staff side."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Model, QuerySet
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from workflow.models import Approval, User
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.person import person
from workflow.staff.subjects import with_subjects

Text = str | Promise
Columns = Sequence[tuple[Text, Callable[[Any], Any]]]
SHOWN = 8


@dataclass(frozen=True, kw_only=True)
class Figure:
    """One number with its name and the list behind it; ``tone`` colours it when it is not nought."""

    label: Text
    value: int
    url: str
    tone: str = "neutral"


def waiting(user: User, title: Text, rows: QuerySet[Any], columns: Columns, *, more: str) -> Iterable[Panel]:
    """A panel of work that waits, for those who may see its kind; nothing at all when nothing waits."""
    if may_view(user, rows.model):
        found = panel(title, rows, columns, more=more, shown=SHOWN)
        if found.rows:
            yield found


def figure(
    user: User, label: Text, rows: QuerySet[Any], *, url: str, tone: str = "neutral", most: int = 1000
) -> Iterable[Figure]:
    """How many, counted to ``most`` at the furthest, for those who may see the kind."""
    if may_view(user, rows.model):
        yield Figure(label=label, value=rows.order_by()[:most].count(), url=url, tone=tone)


def may_view(user: User, model: type[Model]) -> bool:
    """Whether the user may see rows of the model."""
    return user.has_perm(f"{model._meta.app_label}.view_{model._meta.model_name}")


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """Approvals that wait for this user: pending, and proposed by somebody else."""
    user = person(request)
    yield from waiting(
        user,
        _("Waiting for a second person"),
        Approval.objects.filter(decision=Approval.Decision.PENDING)
        .exclude(proposed_by=user)
        .select_related("proposed_by", "subject_type")
        .prefetch_related(with_subjects())
        .order_by("id"),
        [
            (_("object"), lambda approval: cells.link(approval.subject)),
            (_("action"), lambda approval: approval.action),
            (_("reason"), lambda approval: approval.reason),
            (_("proposed by"), lambda approval: approval.proposed_by),
            (_("proposed at"), lambda approval: cells.moment(approval.proposed_at)),
        ],
        more=cells.list_of(Approval, for_me="yes"),
    )


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """None of workflow's own."""
    return ()
