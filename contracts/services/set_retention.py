"""Set how long a category of data is kept, and tell those who must know first."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import RetentionPeriod
from contracts.moments import japan_date
from contracts.retention.category import Category
from notices.models import Posting
from notices.services.post import post
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def set_retention(
    *, category: Category, days: int, starts_on: date, by: User, at: datetime, reason: str
) -> RetentionPeriod:
    """From ``starts_on`` data of ``category`` are kept for ``days`` days, and may be erased afterwards.

    Where the period must be notified (line-info-api 14) it is posted and everybody concerned is told; it cannot start on the
    same day then: Refused. ValidationError for a period that the law does not allow, or a day on which another one starts.
    """
    on = japan_date(at)
    if category.telling and starts_on <= on:
        raise Refused(Refusal(category.article, "notice_first", _("A period is notified before it starts.")))
    if days < category.least_days:
        raise ValidationError(
            {
                "days": _("%(article)s demands at least %(days)s days.")
                % {"article": category.article, "days": category.least_days}
            }
        )
    period = RetentionPeriod(
        category=category.code, days=days, starts_on=starts_on, reason=reason, decided_at=at, decided_by=by
    )
    with transaction.atomic():
        period.full_clean()
        period.save()
        if category.telling:
            post(
                category=Posting.Category.OTHER,
                title="データの保存期間のお知らせ",
                body=f"{starts_on:%Y年%-m月%-d日}から、{category.label}は{days}日間保存し、その後に消去します。",
                article=category.article,
                at=at,
            )
            category.telling.tell(period, at)
    return period
