"""The operator rebuilds the lines of a group to another grade, and tells every member first."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.line_group import may_regrade
from contracts.models import Contract, LineGroup
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from notices.models import Notice
from notices.selectors import notices_about
from terms.line_groups import LineGrade
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User

REGRADED = "grade_changed"
"""The occasion of the notice that comes before."""


def announce_regrade(
    *, group: LineGroup, grade: str, by: User, at: datetime, effective_on: date, reason: str
) -> list[Notice]:
    """The notices at ``at`` to every member that the lines are of ``grade`` from ``effective_on`` (hikari-line 5, note 4).

    Refused where the document does not let the operator change the grade so; ValidationError for a day that is no later one.
    """
    on = japan_date(at)
    now, new = _grades(group, grade, on)
    if effective_on <= on:
        raise ValidationError({"effective_on": _("Members are told first; enter a later day.")})
    with transaction.atomic():
        note_change(group, "announce_regrade", by=by, on=on, reason=reason, article=new.article)
        return [
            tell(
                contract,
                REGRADED,
                on=on,
                article=new.article,
                about=group,
                group_number=group.number,
                old_grade=now.label,
                new_grade=new.label,
                effective_on=effective_on,
                reason=reason,
            )
            for contract in _members(group)
        ]


def regrade_group(*, group: LineGroup, grade: str, by: User, on: date) -> LineGroup:
    """The lines of ``group`` are of ``grade`` from ``on``.

    Refused as announce_regrade, and where a member was not told so on an earlier day, or of a later day than ``on``.
    """
    with transaction.atomic():
        group.refresh_from_db(from_queryset=LineGroup.objects.select_for_update(of=("self",)))
        _now, new = _grades(group, grade, on)
        told = {
            notice.recipient_id
            for notice in notices_about(group, REGRADED).filter(dispatched_at__isnull=False)
            if notice.facts["new_grade"] == new.label
            and date.fromisoformat(notice.facts["effective_on"]) <= on
            and notice.dispatched_at is not None
            and japan_date(notice.dispatched_at) < on
        }
        if any(contract.subscriber_id not in told for contract in _members(group)):
            reason = _("A member of the group was not told before this day that the grade changes.")
            raise Refused(Refusal(new.article, "no_notice", reason))
        group.grade = new.code
        group.save(update_fields=["grade"])
        note_change(group, "regrade", by=by, on=on, reason=new.label, article=new.article)
    return group


def _grades(group: LineGroup, grade: str, on: date) -> tuple[LineGrade, LineGrade]:
    """The grade as it is, and as it becomes."""
    pack = pack_for(group.terms_code, on)
    refusal = may_regrade(pack, now=group.grade, new=grade)
    if refusal:
        raise Refused(refusal)
    assert pack.line_groups is not None
    now, new = pack.line_groups.grade(group.grade), pack.line_groups.grade(grade)
    assert now is not None
    assert new is not None
    return now, new


def _members(group: LineGroup) -> list[Contract]:
    live = group.members.filter(left_on__isnull=True, contract__state__in=LIVE_STATES)
    return [member.contract for member in live.select_related("contract__subscriber", "contract__product")]
