"""What must be sent or said soon: that without which something planned cannot happen, with the last day on which it is in time."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Model, Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from contracts.guards.discontinuation import announce_by, discontinuation_of
from contracts.guards.terms_change import post_by, terms_notice_of
from contracts.models import Contract, Discontinuation, Ending, Suspension, TermsVersion
from contracts.moments import japan_date
from contracts.services.move_to_new_terms import untold
from notices.models import Notice, PrintBatch
from notices.selectors import as_dispatched
from terms.calendar import DAY, latest_day_leaving, period_end
from terms.registry import pack_for, registry, statute
from terms.rules.renewal import Renewal

A_WEEK = timedelta(days=7)
LOOK_BACK = timedelta(days=60)
"""A deadline that passed is shown so long."""

_TERMS_AHEAD = 3 * A_WEEK
"""New terms are told to many at once; that is prepared earlier."""


@dataclass(frozen=True)
class DueNotice:
    """One thing to be sent or said by ``by``: about what (a kind of thing where it is about many), to how many, and the article
    that asks for it, empty where none does."""

    what: Promise
    about: Model | type[Model]
    article: str
    by: date
    count: int = 1


def due_notices(on: date, *, within: timedelta = A_WEEK) -> list[DueNotice]:
    """Everything that must be sent from ``on`` until so many days later, and what is late already; the earliest first."""
    until = on + within
    found = [
        *_suspensions(until),
        *_endings(until),
        *_discontinuations(on, until),
        *_renewals(on, until),
        *_terms(on, until),
        *_unpublished(on, until),
        *_letters(),
    ]
    return sorted(found, key=lambda due: (due.by, due.article))


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
    """An ending that needs notice first is told by its last day, or so long before it as the document asks."""
    waiting = Ending.objects.filter(
        Q(told_by__lte=until) | Q(told_by__isnull=True, ends_on__lte=until),
        notice_first=True,
        withdrawn_on__isnull=True,
        contract__state=Contract.State.ENDING,
    ).select_related("contract", "notice")
    for ending in waiting.filter(Q(notice__isnull=True) | Q(notice__dispatched_at__isnull=True)):
        if as_dispatched(ending.notice) is None:
            yield DueNotice(_("notice of ending"), ending, ending.article, ending.told_by or ending.ends_on)


def _discontinuations(on: date, until: date) -> Iterator[DueNotice]:
    """A planned end of a service is announced so long before as the document asks."""
    for planned in Discontinuation.objects.filter(state=Discontinuation.State.PLANNED):
        pack, law = pack_for(planned.terms_code, on, earliest=True), statute(on, earliest=True)
        by = announce_by(pack, planned.last_day, planned.upstream_ends)
        if by <= until:
            article = str(discontinuation_of(pack, law).article)
            yield DueNotice(_("announcement of the end of a service"), planned, article, by)


def _renewals(on: date, until: date) -> Iterator[DueNotice]:
    """The last day on which either side can say that a base term shall not go on (business-network 7)."""
    for code in registry().codes():
        pack = pack_for(code, on, earliest=True)
        if not pack.has(Renewal):
            continue
        rule = pack.rule(Renewal)
        ahead = (on + timedelta(days) for days in range((until - on).days + 32 * (rule.notice_months + 1)))
        ends = [end for end in ahead if on <= latest_day_leaving(rule.notice_months, end) <= until]
        terms = _base_terms(code, {(end + DAY).day for end in ends})
        for end in ends:
            count = sum(many for start, months, many in terms if _is_over(start, months, end, rule))
            if count:
                by = latest_day_leaving(rule.notice_months, end)
                yield DueNotice(
                    _("base terms that go on unless declined"), Contract, str(rule.article), by, count
                )


def _base_terms(code: str, days: set[int]) -> list[tuple[date, int, int]]:
    """First day and months of the base terms that began on one of these days of a month, and how many contracts have them."""
    running = Contract.objects.filter(
        terms_code=code,
        state__in=[Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED],
        term_months__gt=0,
        term_start__day__in=days,
    )
    return list(running.order_by().values_list("term_start", "term_months").annotate(many=Count("pk")))


def _is_over(start: date, months: int, end: date, rule: Renewal) -> bool:
    """Whether a base term, or one of its renewals, is over with ``end``."""
    after = end + DAY
    beyond = (after.year - start.year) * 12 + after.month - start.month - months
    return beyond >= 0 and beyond % rule.renewal_months == 0 and period_end(start, months + beyond) == end


def _terms(on: date, until: date) -> Iterator[DueNotice]:
    """Where the document has each subscriber told of new terms: those who were not told yet; of a benefit promptly afterwards."""
    for version in TermsVersion.objects.filter(
        effective__gt=on - LOOK_BACK, effective__lte=until + _TERMS_AHEAD
    ):
        count = untold(version).count()
        if count:
            article = terms_notice_of(version.pack, statute(on, earliest=True)).article
            by = version.effective if version.beneficial else version.effective - DAY
            yield DueNotice(_("terms changed"), version, str(article), by, count)


def _unpublished(on: date, until: date) -> Iterator[DueNotice]:
    """A version that is there as a file and must be posted, or it will bind nobody."""
    published = set(TermsVersion.objects.values_list("terms_code", "effective"))
    for code in registry().codes():
        for pack in registry().versions(code)[1:]:
            law = statute(pack.effective, earliest=True)
            by = post_by(pack, law)
            if (
                (code, pack.effective) not in published
                and on - LOOK_BACK < pack.effective
                and by <= until + _TERMS_AHEAD
            ):
                article = str(terms_notice_of(pack, law).article)
                yield DueNotice(_("posting of new terms"), TermsVersion, article, by)


def _letters() -> Iterator[DueNotice]:
    """Letters that wait for the print batch since the day on which the first of them was written."""
    queued = Notice.objects.filter(state=Notice.State.QUEUED, channel=Notice.Channel.LETTER)
    first = queued.order_by("id").first()
    if first is not None:
        yield DueNotice(
            _("letters to print"), PrintBatch, "", japan_date(first.written_at) + DAY, queued.count()
        )
