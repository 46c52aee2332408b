"""Which accepted requests wait for a work to be planned."""

from django.db.models import Exists, OuterRef, QuerySet

from contracts.kinds import KINDS
from contracts.models import Request, Work


def without_work() -> QuerySet[Request]:
    """Requests that were granted, of the kinds for which something is built first, and have no work yet."""
    built = [code for code, kind in KINDS.items() if kind.works or kind.new]
    works = Work.objects.filter(request=OuterRef("pk")).exclude(state=Work.State.CANCELLED)
    # A work of an opening may have been planned from the page of the contract.
    opening = Work.objects.filter(contract=OuterRef("contract"), kind=Work.Kind.OPENING).exclude(
        state=Work.State.CANCELLED
    )
    return Request.objects.filter(
        ~Exists(works), ~Exists(opening), state=Request.State.ACCEPTED, kind__in=built
    )
