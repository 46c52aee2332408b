"""What notices put on the first page of the staff side."""

from collections.abc import Iterable
from datetime import date

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from notices.models import Notice
from notices.selectors import undelivered
from workflow.staff import cells
from workflow.staff.panels import Panel
from workflow.staff.person import person
from workflow.staff.today import Figure, figure, waiting


def _list() -> str:
    return cells.list_of(Notice, undelivered="yes")


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """How much waits."""
    user = person(request)
    yield from figure(user, _("Failed notices"), undelivered(), url=_list(), tone="danger")
    queued = Notice.objects.filter(state=Notice.State.QUEUED)
    yield from figure(
        user, _("Notices in the queue"), queued, url=cells.list_of(Notice, state__exact="queued")
    )


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """What waits, the oldest first."""
    user = person(request)
    yield from waiting(
        user,
        _("Notices that could not be delivered"),
        undelivered().order_by("id"),
        [
            (_("notice"), cells.link),
            (_("recipient"), lambda row: row.recipient_name),
            (_("article"), lambda row: cells.article(row.article)),
            (_("reason"), lambda row: row.failure),
            (_("written at"), lambda row: cells.moment(row.written_at)),
        ],
        more=_list(),
    )
