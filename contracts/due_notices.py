"""What must be sent soon: notices without which something planned cannot happen, each with the last day on which it is in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Ending, Suspension, TermsVersion
from notices.models import Notice
from notices.selectors import as_dispatched
from terms.calendar import DAY

A_WEEK = timedelta(days=7)


@dataclass(frozen=True)
class DueNotice:
    """One notice to be sent by ``by``: about what, to how many, and the article that asks for it."""

    what: Promise
    about: Model
    article: str
    by: date


def due_notices(on: date, *, within: timedelta = A_WEEK) -> list[DueNotice]:
    """Everything that must be sent from ``on`` until so many days later, and what is late already; the earliest first."""
    until = on + within
    found = [*_suspensions(until), *_endings(until), *_terms(on, until)]
    return sorted(found, key=lambda due: (due.by, due.article, due.about.pk))


def _suspensions(until: date) -> Iterator[DueNotice]:
    """Reason, day and period are told before the first day; not in an urgent case."""
    waiting = Suspension.objects.filter(
        state__in=[Suspension.State.APPROVED, Suspension.State.NOTICED],
        urgent=False,
        starts_on__lte=until + DAY,
    ).select_related("contract", "notice")
    for suspension in waiting.filter(Q(notice__isnull=True) | Q(notice__dispatched_at__isnull=True)):
        table = suspension.contract.pack(suspension.starts_on).suspension
        if table is not None and as_dispatched(suspension.notice) is None:
            yield DueNotice(
                _("notice of suspension"), suspension, str(table.article), suspension.starts_on - DAY
            )


def _endings(until: date) -> Iterator[DueNotice]:
    """An ending that needs notice first is told by its last day."""
    waiting = Ending.objects.filter(
        notice_first=True,
        withdrawn_on__isnull=True,
        ends_on__lte=until,
        contract__state=Contract.State.ENDING,
    ).select_related("contract", "notice")
    for ending in waiting.filter(Q(notice__isnull=True) | Q(notice__dispatched_at__isnull=True)):
        if as_dispatched(ending.notice) is None:
            yield DueNotice(_("notice of ending"), ending, ending.article, ending.ends_on)


def _terms(on: date, until: date) -> Iterator[DueNotice]:
    """Under a document that wants each subscriber told, nobody was told of a version that takes effect soon."""
    for version in TermsVersion.objects.filter(effective__gt=on, effective__lte=until + 3 * A_WEEK):
        table = version.pack.terms_notice
        if table is None or not table.reasonable_period:
            continue
        told = Notice.objects.filter(
            about_type=ContentType.objects.get_for_model(TermsVersion),
            about_id=version.pk,
            occasion="terms_changed",
        )
        if not told.exists():
            yield DueNotice(_("terms changed"), version, str(table.article), version.effective - DAY)
