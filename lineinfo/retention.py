"""How long line records, the log of API calls and deliveries are kept, and how they are erased."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Max, Min, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import RetentionPeriod
from contracts.moments import japan_date, start_of
from contracts.retention.category import Category, Erased, Piece, Telling
from contracts.retention.holds import held_lines, held_subscribers
from contracts.retention.periods import kept_from
from lineinfo.days import drop_day
from lineinfo.models import ApiCall, ApiContract, BadRow, HeldMeasurement, LineBatch, MeasurementDay
from lineinfo.models.api_contract import LIVE_STATES
from notices.models import Notice
from notices.services.send_notice import send_notices, write_notice
from terms.article import ArticleRef

MEASUREMENTS = "measurements"
_ARTICLE = ArticleRef("line-info-api", "14")
_PRIVACY = ArticleRef("statute", "個人情報保護法22")
_PATIENCE = timedelta(seconds=5)
_DAY = timedelta(days=1)


def measurements_kept_from(on: date) -> date | None:
    """The first day whose measurements are still kept on ``on``; None where no period is set."""
    return kept_from(MEASUREMENTS, on)


def tell_period(period: RetentionPeriod, at: datetime, contracts: QuerySet[ApiContract] | None = None) -> int:
    """Notify the period to each contractor (line-info-api 14), or to those of ``contracts``. Returns how many."""
    found = ApiContract.objects.filter(state__in=LIVE_STATES) if contracts is None else contracts
    return send_notices(
        write_notice(
            occasion="retention_notified",
            recipient=contract.subscriber,
            about=period,
            article=_ARTICLE,
            facts={"api_id": contract.api_id, "kept_days": period.days, "effective_on": period.starts_on},
            at=at,
        )
        for contract in found.select_related("subscriber")
    )


def untold_contracts(period: RetentionPeriod) -> QuerySet[ApiContract]:
    """The contractors to whom no notice of the period has left: neither by itself nor with the access data."""
    left = Notice.objects.filter(dispatched_at__isnull=False)
    by_itself = left.filter(
        occasion="retention_notified",
        about_type=ContentType.objects.get_for_model(RetentionPeriod),
        about_id=period.pk,
        recipient_id=OuterRef("subscriber_id"),
    )
    with_access = left.filter(
        occasion="api_access_data",
        about_type=ContentType.objects.get_for_model(ApiContract),
        about_id=OuterRef("pk"),
        recipient_id=OuterRef("subscriber_id"),
        facts__kept_days=period.days,
    )
    return ApiContract.objects.filter(~Exists(by_itself), ~Exists(with_access), state__in=LIVE_STATES)


def _untold(period: RetentionPeriod) -> int:
    return untold_contracts(period).count()


def _measurements(before: date) -> Iterator[Piece]:
    days = MeasurementDay.objects.filter(day__lt=before).order_by("day").values_list("day", flat=True)
    for day in list(days):
        yield Piece(f"回線の測定値（{day}）", day + _DAY, partial(_drop, day))
    if HeldMeasurement.objects.exists():
        yield Piece("保留を解除した測定値", before, _let_go)


def _drop(day: date) -> Erased:
    held = list(held_lines(MEASUREMENTS).values_list("pk", flat=True))
    dropped = drop_day(day, patience=_PATIENCE, held=held)
    return Erased(dropped.count, dropped.kept)


def _let_go() -> Erased:
    free = HeldMeasurement.objects.exclude(line__in=held_lines(MEASUREMENTS))
    return Erased(free._raw_delete(free.db))


def _calls(before: date) -> Iterator[Piece]:
    for day in _days(ApiCall.objects.filter(at__lt=start_of(before)), "at", before):
        yield Piece(f"API利用の記録（{day}）", day + _DAY, partial(_erase_calls, day))


def _erase_calls(day: date) -> Erased:
    calls = _of_day(ApiCall.objects.all(), "at", day)
    held = calls.filter(api_contract__subscriber__in=held_subscribers("api_calls"))
    free = calls.exclude(pk__in=held.values("pk"))
    return Erased(free._raw_delete(free.db))


def _batches(before: date) -> Iterator[Piece]:
    done = LineBatch.objects.filter(~Q(state=LineBatch.State.RECEIVED), received_at__lt=start_of(before))
    for day in _days(done, "received_at", before):
        yield Piece(f"回線情報の取込み（{day}）", day + _DAY, partial(_erase_batches, done, day))


def _erase_batches(done: QuerySet[LineBatch], day: date) -> Erased:
    of_day = _of_day(done, "received_at", day)
    bad = BadRow.objects.filter(batch__in=of_day)
    count = bad._raw_delete(bad.db)
    return Erased(count + of_day._raw_delete(of_day.db))


def _days(rows: QuerySet[Any], field: str, before: date) -> Iterator[date]:
    ends = rows.aggregate(first=Min(field), last=Max(field))
    if ends["first"] is None:
        return
    day, last = japan_date(ends["first"]), min(japan_date(ends["last"]), before - _DAY)
    while day <= last:
        yield day
        day += _DAY


def _of_day(rows: QuerySet[Any], field: str, day: date) -> QuerySet[Any]:
    return rows.filter(**{f"{field}__gte": start_of(day), f"{field}__lt": start_of(day + _DAY)})


def contractors() -> QuerySet[ApiContract, Any]:
    """The keys of those who have an API contract still."""
    return ApiContract.objects.filter(state__in=LIVE_STATES).values("subscriber")


CATEGORIES = (
    Category(
        code=MEASUREMENTS,
        label=_("measurements of lines"),
        counted_from=_("the day of the measurement"),
        article=_ARTICLE,
        pieces=_measurements,
        telling=Telling(tell_period, _untold),
    ),
    Category(
        code="api_calls",
        label=_("log of API calls"),
        counted_from=_("the day of the call"),
        article=_PRIVACY,
        pieces=_calls,
    ),
    Category(
        code="deliveries",
        label=_("deliveries and rows put aside"),
        counted_from=_("the day of the delivery"),
        article=_PRIVACY,
        pieces=_batches,
    ),
)
