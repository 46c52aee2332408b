"""Personal data after the end of contracts: of the subscriber, of notices, of papers that came with requests."""

from collections.abc import Iterator
from datetime import date
from functools import partial

import pgtrigger
from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from contracts.models import Contract, Evidence, Request, Subscriber
from contracts.retention.category import Category, Erased, Piece
from contracts.retention.holds import held_subscribers
from contracts.retention.registry import still_needed
from notices.models import Notice
from terms.article import ArticleRef
from workflow.models import User

_PRIVACY = ArticleRef("statute", "個人情報保護法22")
_BOOKS = ArticleRef("statute", "会社法432")
BOOKS_DAYS = 11 * 366
"""Ten years from the closing of the books, which is done within a year."""

ERASED_NAME = "（消去済み）"

_OVER = (Contract.State.ENDED, Contract.State.REFUSED, Contract.State.WITHDRAWN, Contract.State.CANCELLED)
_DONE = (Request.State.REFUSED, Request.State.CARRIED_OUT, Request.State.WITHDRAWN)
_NO_ADDRESS = {"postal_code": "", "prefecture": "", "city": "", "town": "", "building": ""}


def former_subscribers(before: date) -> QuerySet[Subscriber]:
    """Those whose last contract ended before the day, and whom no room still needs: no open claim, no request, nothing to return."""
    theirs = Contract.objects.filter(subscriber=OuterRef("pk"))
    open_request = Request.objects.filter(subscriber=OuterRef("pk")).exclude(state__in=_DONE)
    found = Subscriber.objects.filter(
        Exists(theirs), ~Exists(theirs.exclude(state__in=_OVER)), ~Exists(open_request)
    ).annotate(last=Max(F("contracts__ends_on")), applied=Max(F("contracts__applied_on")))
    found = found.filter(Q(last__lt=before) | Q(last__isnull=True, applied__lt=before))
    for needed in still_needed():
        found = found.exclude(pk__in=needed)
    return Subscriber.objects.filter(pk__in=found.values("pk"))


def _contacts(before: date) -> Iterator[Piece]:
    yield Piece("元契約者の連絡先", before, partial(_reduce, before))


def _reduce(before: date) -> Erased:
    """The name and the number stay: the books need them."""
    former = former_subscribers(before).exclude(phone="")
    found = former.exclude(pk__in=held_subscribers("subscribers").values("pk"))
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    User.objects.filter(subscriber__in=keys).update(
        is_active=False, email="", first_name="", last_name="", password="!"
    )
    count = Subscriber.objects.filter(pk__in=keys).update(
        name_kana="", contact_person="", email="", phone="", channel=Subscriber.Channel.LETTER, **_NO_ADDRESS
    )
    _forget_history(keys)
    return Erased(count)


_AT_ONCE = 10_000
"""A day's round; whoever is left comes the next day."""


def _names(before: date) -> Iterator[Piece]:
    yield Piece("元契約者の氏名", before, partial(_unname, before))


def _unname(before: date) -> Erased:
    former = former_subscribers(before).filter(phone="").exclude(name=ERASED_NAME)
    found = former.exclude(pk__in=held_subscribers("names").values("pk"))
    keys = list(found.order_by("pk").values_list("pk", flat=True)[:_AT_ONCE])
    count = Subscriber.objects.filter(pk__in=keys).update(name=ERASED_NAME, corporate_number="")
    _forget_history(keys)
    return Erased(count)


def _forget_history(subscribers: list[int]) -> None:
    """What stood there before is in the history of the table too; its last row is what stands there now."""
    events = apps.get_model("contracts", "SubscriberEvent").objects.filter(pgh_obj__in=subscribers)
    latest = events.filter(pgh_obj=OuterRef("pgh_obj"), pk__gt=OuterRef("pk"))
    events.filter(Exists(latest)).delete()


def _notices(before: date) -> Iterator[Piece]:
    yield Piece("元契約者への通知の本文", before, partial(_empty_notices, before))


def _empty_notices(before: date) -> Erased:
    """That one was sent, when, by which channel and on which article stays."""
    gone = Subscriber.objects.filter(phone="").values("pk")
    found = Notice.objects.filter(
        recipient_type=ContentType.objects.get_for_model(Subscriber),
        recipient_id__in=gone,
        written_at__date__lt=before,
    ).exclude(body="")
    held = found.filter(recipient_id__in=held_subscribers("notices").values("pk"))
    with pgtrigger.ignore("notices.Notice:dispatched_is_final"):
        count = found.exclude(pk__in=held.values("pk")).update(
            body="", subject="", address="", recipient_name="", facts={}
        )
    return Erased(count)


def _papers(before: date) -> Iterator[Piece]:
    yield Piece("申込書類の写し", before, partial(_empty_papers, before))


def _empty_papers(before: date) -> Erased:
    """That the paper was seen, when and by whom stays."""
    found = Evidence.objects.filter(content__isnull=False, seen_on__lt=before, request__state__in=_DONE)
    held = found.filter(request__subscriber__in=held_subscribers("papers"))
    count = found.exclude(pk__in=held.values("pk")).update(content=None, file_name="", content_type="")
    return Erased(count)


CATEGORIES = (
    Category(
        code="subscribers",
        label=_("contact details of subscribers"),
        counted_from=_("the end of the last contract"),
        article=_PRIVACY,
        pieces=_contacts,
    ),
    Category(
        code="names",
        label=_("names of subscribers"),
        counted_from=_("the end of the last contract"),
        article=_BOOKS,
        least_days=BOOKS_DAYS,
        pieces=_names,
    ),
    Category(
        code="notices",
        label=_("texts of notices to former subscribers"),
        counted_from=_("the day of the notice"),
        article=_PRIVACY,
        pieces=_notices,
    ),
    Category(
        code="papers",
        label=_("copies of papers that came with requests"),
        counted_from=_("the day on which it was seen"),
        article=_PRIVACY,
        pieces=_papers,
    ),
)
