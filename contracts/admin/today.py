"""What contracts put on the first page of the staff side."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

from django.db.models import Model, Q, QuerySet
from django.http import HttpRequest
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from contracts.admin.retention import undecided_panel
from contracts.due_notices import DueNotice, due_notices
from contracts.models import (
    Contract,
    Ending,
    Interruption,
    KeptVersion,
    LentEquipment,
    Outage,
    RepairTicket,
    Request,
    Suspension,
    Work,
)
from contracts.models.contract import LIVE_STATES
from contracts.papers import lacking_papers
from contracts.selectors import repair_queue
from contracts.works import without_work
from notices.models import Notice
from terms.calendar import JAPAN
from workflow.staff import cells
from workflow.staff.panels import Panel, panel
from workflow.staff.person import person
from workflow.staff.today import Figure, figure, may_view, waiting

_WAITING = [Request.State.RECEIVED, Request.State.IN_REVIEW]
_OPEN = [Suspension.State.PROPOSED, Suspension.State.APPROVED, Suspension.State.NOTICED]


def _requests() -> QuerySet[Request]:
    return (
        Request.objects.filter(state__in=_WAITING).select_related("subscriber").order_by("received_at", "id")
    )


def _works(on: date) -> QuerySet[Work]:
    end = datetime.combine(on + timedelta(days=1), time(), tzinfo=JAPAN)
    open_states = [Work.State.PLANNED, Work.State.STARTED]
    return (
        Work.objects.filter(state__in=open_states, planned_at__lt=end)
        .select_related("contract__subscriber")
        .order_by("planned_at", "id")
    )


def _suspensions(on: date) -> QuerySet[Suspension]:
    """Those on which somebody can do something today: decide, tell, or cut when the day has come."""
    ready = Q(state__in=[Suspension.State.PROPOSED, Suspension.State.APPROVED]) | Q(
        state=Suspension.State.NOTICED, starts_on__lte=on
    )
    return Suspension.objects.filter(ready).select_related("contract__subscriber").order_by("starts_on", "id")


def _kept() -> QuerySet[KeptVersion]:
    """Contracts that a version of the terms does not bind, since it was not announced in time."""
    return (
        KeptVersion.objects.filter(until__isnull=True, contract__state__in=LIVE_STATES)
        .select_related("contract__subscriber", "version")
        .order_by("since", "id")
    )


def _interruptions(on: date) -> QuerySet[Interruption]:
    """Those that are over, as announced, without anybody having said when they took place."""
    end = datetime.combine(on, time(), tzinfo=JAPAN)
    return Interruption.objects.filter(ended__isnull=True, ends_at__lte=end).order_by("ends_at", "id")


def figures(request: HttpRequest, on: date) -> Iterable[Figure]:
    """How much waits."""
    user = person(request)
    yield from figure(user, _("Requests to answer"), _requests(), url=cells.list_of(Request), tone="info")
    yield from figure(
        user,
        _("Papers missing"),
        lacking_papers(on),
        url=cells.list_of(Request, show="papers"),
        tone="warning",
    )
    yield from figure(
        user, _("Works to plan"), without_work(), url=cells.list_of(Request, show="works"), tone="info"
    )
    yield from figure(
        user, _("Works due"), _works(on), url=cells.list_of(Work, state__exact="planned"), tone="info"
    )
    yield from figure(
        user,
        _("Suspensions under way"),
        Suspension.objects.filter(state__in=_OPEN),
        url=cells.list_of(Suspension),
        tone="warning",
    )
    yield from figure(
        user,
        _("Contracts ending"),
        Contract.objects.filter(state=Contract.State.ENDING),
        url=cells.list_of(Contract, state__exact="ending"),
        tone="warning",
    )
    yield from figure(
        user,
        _("Contracts under earlier terms"),
        _kept(),
        url=cells.list_of(KeptVersion, until__isempty=1),
        tone="danger",
    )
    yield from figure(
        user,
        _("Equipment overdue"),
        LentEquipment.objects.filter(state=LentEquipment.State.TO_RETURN, return_by__lt=on),
        url=cells.list_of(LentEquipment, due="overdue"),
        tone="warning",
    )
    yield from figure(
        user,
        _("Faults to repair"),
        repair_queue(),
        url=cells.list_of(RepairTicket, open="yes"),
        tone="danger",
    )
    yield from figure(
        user,
        _("Lines down"),
        Outage.objects.filter(restored__isnull=True),
        url=cells.list_of(Outage, open="yes"),
        tone="danger",
    )


def _to_do(due: DueNotice) -> str:
    """What is to be sent, leading to where it is done."""
    if isinstance(due.about, Model):
        return cells.link(due.about, due.what)
    return format_html('<a href="{}" class="cell-link">{}</a>', cells.list_of(due.about), due.what)


def panels(request: HttpRequest, on: date) -> Iterable[Panel]:
    """What waits, the oldest first."""
    user = person(request)
    yield from waiting(
        user,
        _("Requests to answer, in order of arrival"),
        _requests(),
        [
            (_("request"), cells.link),
            (_("state"), cells.state_badge),
            (_("terms"), lambda row: cells.document(row.terms_code)),
            (_("subscriber"), lambda row: row.subscriber.name),
            (_("received at"), lambda row: cells.moment(row.received_at)),
        ],
        more=cells.list_of(Request),
    )
    yield from waiting(
        user,
        _("Works due today"),
        _works(on),
        [
            (_("work"), lambda row: cells.link(row, row.get_kind_display())),
            (_("state"), cells.state_badge),
            (_("contract"), lambda row: cells.link(row.contract)),
            (_("subscriber"), lambda row: row.contract.subscriber.name),
            (_("planned for"), lambda row: cells.moment(row.planned_at)),
        ],
        more=cells.list_of(Work, state__exact="planned"),
    )
    yield from waiting(
        user,
        _("Suspensions to decide, to tell or to carry out"),
        _suspensions(on),
        [
            (_("suspension"), lambda row: cells.link(row, row.contract.number)),
            (_("state"), cells.state_badge),
            (_("subscriber"), lambda row: row.contract.subscriber.name),
            (_("article"), lambda row: cells.article(row.article)),
            (_("first day"), lambda row: cells.day(row.starts_on)),
        ],
        more=cells.list_of(Suspension),
    )
    due = due_notices(on) if may_view(user, Notice) else []
    if due:
        yield panel(
            _("Notices that must be sent this week"),
            due,
            [
                (_("notice"), _to_do),
                (_("about"), lambda row: row.about if isinstance(row.about, Model) else cells.EMPTY),
                (_("How many"), lambda row: cells.number(row.count)),
                (_("article"), lambda row: cells.article(row.article) if row.article else cells.EMPTY),
                (
                    _("by the end of"),
                    lambda row: (
                        cells.badge(cells.day_text(row.by), "danger") if row.by < on else cells.day(row.by)
                    ),
                ),
            ],
            shown=50,
        )
    yield from waiting(
        user,
        _("Contracts that a version of the terms does not bind"),
        _kept(),
        [
            (_("contract"), lambda row: cells.link(row, row.contract.number)),
            (_("subscriber"), lambda row: row.contract.subscriber.name),
            (_("stays under"), lambda row: row.version),
            (_("since"), lambda row: cells.day(row.since)),
            (_("reason"), lambda row: row.reason),
            (_("article"), lambda row: cells.article(row.article)),
        ],
        more=cells.list_of(KeptVersion, until__isempty=1),
    )
    yield from waiting(
        user,
        _("Contracts whose last day is near"),
        Ending.objects.filter(
            withdrawn_on__isnull=True,
            contract__state=Contract.State.ENDING,
            ends_on__lte=on + timedelta(days=7),
        )
        .select_related("contract__subscriber")
        .order_by("ends_on", "id"),
        [
            (_("contract"), lambda row: cells.link(row.contract)),
            (_("subscriber"), lambda row: row.contract.subscriber.name),
            (_("ended by"), lambda row: row.get_by_display()),
            (_("last day"), lambda row: cells.day(row.ends_on)),
            (_("article"), lambda row: cells.article(row.article)),
        ],
        more=cells.list_of(Ending),
    )
    yield from waiting(
        user,
        _("Interruptions of which nobody has recorded when they took place"),
        _interruptions(on),
        [
            (_("interruption"), cells.link),
            (_("terms"), lambda row: cells.document(row.terms_code)),
            (_("from"), lambda row: cells.moment(row.starts_at)),
            (_("until"), lambda row: cells.moment(row.ends_at)),
        ],
        more=cells.list_of(Interruption, ended__isempty=1),
    )
    yield from waiting(
        user,
        _("Faults in the order of repair"),
        repair_queue(),
        [
            (_("repair ticket"), lambda row: cells.link(row, row.symptom[:40])),
            (_("state"), cells.state_badge),
            (_("repair rank"), lambda row: row.contract.line.repair_rank),
            (_("subscriber"), lambda row: row.contract.subscriber.name),
            (_("fault reported at"), lambda row: cells.moment(row.reported_at)),
            (_("to begin by"), lambda row: cells.moment(row.begin_by)),
        ],
        more=cells.list_of(RepairTicket, open="yes"),
    )
    if user.has_perm("contracts.add_retentionperiod"):
        undecided = undecided_panel()
        if undecided.rows:
            yield undecided
