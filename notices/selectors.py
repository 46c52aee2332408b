"""Reads of notices that more than one caller needs."""

from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model, Q, QuerySet

from notices.models import Notice, Posting


def notices_to(recipient: Model) -> QuerySet[Notice]:
    """Every notice to ``recipient``, the latest first."""
    return Notice.objects.filter(
        recipient_type=ContentType.objects.get_for_model(recipient), recipient_id=recipient.pk
    )


def notices_about(about: Model, occasion: str | None = None) -> QuerySet[Notice]:
    """Every notice about ``about``, the latest first; only those of ``occasion`` where it is given."""
    found = Notice.objects.filter(about_type=ContentType.objects.get_for_model(about), about_id=about.pk)
    return found if occasion is None else found.filter(occasion=occasion)


def dispatched_notice(about: Model, occasion: str) -> Notice | None:
    """The latest notice of ``occasion`` about it that has left the house, or None."""
    return (
        notices_about(about, occasion)
        .filter(dispatched_at__isnull=False)
        .order_by("dispatched_at", "id")
        .last()
    )


def as_dispatched(notice: Notice | None) -> Notice | None:
    """The notice as it left the house: itself, or the one that repeated it by a second channel. None where neither left."""
    if notice is None or notice.dispatched_at is not None:
        return notice
    # Whatever state it was read in: it may have failed since.
    return as_dispatched(Notice.objects.filter(follows=notice).first())


def undelivered() -> QuerySet[Notice]:
    """Those that reached nobody and that no notice by a second channel repeats: somebody has to see to them."""
    return Notice.objects.filter(state=Notice.State.FAILED, followed_by=None)


def postings_at(at: datetime) -> QuerySet[Posting]:
    """What stands on the public page at ``at``, the latest first."""
    return postings_until(at).filter(Q(posted_until__isnull=True) | Q(posted_until__gt=at))


def postings_until(at: datetime) -> QuerySet[Posting]:
    """What stands or stood on the public page by ``at``, the latest first."""
    return Posting.objects.filter(posted_from__lte=at)
