"""Delete or hide content, or stop sending it, because it breaches a duty."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.violation import may_measure
from contracts.models import ContentMeasure, Violation
from contracts.moments import japan_date
from contracts.services.tell import tell
from notices.models import Notice
from notices.selectors import dispatched_notice
from terms.article import ArticleRef
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform

ANNOUNCED = "content_measure"
"""The occasion of the notice that comes first, where the document asks for one."""

WORDS = {"delete": "情報の削除", "hide": "情報の非表示", "stop_sending": "情報の送信の停止"}


def announce_content_measure(
    *, violation: Violation, by: User, at: datetime, kind: str, content: str, reason: str, planned_on: date
) -> Notice:
    """Tell the subscriber at ``at`` what will be done to ``content`` on ``planned_on``.

    Refused where the document knows no such measure.
    """
    on = japan_date(at)
    article = _article(violation, on, kind=kind, urgent=False, told=True)
    if planned_on < on:
        raise ValidationError({"planned_on": _("The day lies in the past.")})
    return tell(
        violation.contract,
        ANNOUNCED,
        on=on,
        article=article,
        about=violation,
        measure=WORDS[kind],
        content=content,
        reason=reason,
        planned_on=planned_on,
    )


def take_content_measure(
    *,
    violation: Violation,
    by: User,
    at: datetime,
    kind: str,
    content: str,
    reason: str,
    urgent: bool = False,
) -> ContentMeasure:
    """What was done to ``content`` at ``at`` because of ``violation``, and by whose decision.

    Refused where the document provides for no such measure on this duty, or where the notice that it asks for first was
    not dispatched (and it is not urgent, where it says so). WrongState for a violation that is closed.
    """
    on = japan_date(at)
    notice = dispatched_notice(violation, ANNOUNCED)
    told = notice is not None and notice.dispatched_at is not None and notice.dispatched_at <= at
    article = _article(violation, on, kind=kind, urgent=urgent, told=told)
    with transaction.atomic():
        perform(violation, "act_on", by=by, on=on, reason=reason, article=article)
        measure = ContentMeasure(
            violation=violation,
            kind=kind,
            content=content,
            article=str(article),
            reason=reason,
            urgent=urgent,
            taken_at=at,
            taken_by=by,
            notice=notice if told else None,
        )
        measure.full_clean()
        measure.save()
    return measure


def _article(violation: Violation, on: date, *, kind: str, urgent: bool, told: bool) -> ArticleRef:
    found = may_measure(
        violation.contract.pack(on), ArticleRef.parse(violation.article), kind=kind, urgent=urgent, told=told
    )
    if isinstance(found, Refusal):
        raise Refused(found)
    return found
