"""What is held and must not be erased."""

from django.db.models import Q, QuerySet

from contracts.models import Contract, LegalHold, Line, Subscriber


def open_holds(code: str) -> QuerySet[LegalHold]:
    """The holds on a category that were not lifted."""
    return LegalHold.objects.filter(Q(category="") | Q(category=code), lifted_at__isnull=True)


def whole_hold(code: str) -> LegalHold | None:
    """A hold on all data of a category."""
    return open_holds(code).filter(line__isnull=True, subscriber__isnull=True).first()


def held_subscribers(code: str) -> QuerySet[Subscriber]:
    """Those of whom data of a category are held."""
    return Subscriber.objects.filter(pk__in=open_holds(code).values("subscriber"))


def held_lines(code: str) -> QuerySet[Line]:
    """The lines of which data of a category are held: named themselves, or a held subscriber's, now or once."""
    theirs = Contract.objects.filter(subscriber__in=held_subscribers(code)).values("line")
    return Line.objects.filter(Q(pk__in=open_holds(code).values("line")) | Q(pk__in=theirs))
