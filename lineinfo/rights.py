"""Which lines somebody may ask about: those of the contractor's own live target contracts, and an API user's share of them.

Nothing is copied: each question is answered from the contracts as they stand, so that a contract that ended a second ago
gives nothing any more (line-info-api 4-2).
"""

from datetime import date

from django.db.models import OuterRef, Q, QuerySet, Subquery

from contracts.models import Contract, Request, Subscriber
from contracts.models.contract import LIVE_STATES
from lineinfo.models import ApiContract, ApiUser, TargetService

SERVED_STATES = LIVE_STATES - {Contract.State.ACCEPTED}
"""The states of a contract whose service has started. A suspended or paused line is still the contractor's."""


_TRANSFERS = Request.objects.filter(
    contract=OuterRef("pk"), kind=Request.Kind.TRANSFER, state=Request.State.CARRIED_OUT
).order_by("-effective_on")


def target_products(terms_code: str, on: date) -> QuerySet[TargetService]:
    """The target services of an API document on a day."""
    return TargetService.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), terms_code=terms_code, since__lte=on
    )


def target_contracts(*, subscriber: Subscriber | int, terms_code: str, on: date) -> QuerySet[Contract]:
    """The own target contracts of the subscriber (or of its key) that are live on a day, formed and not yet over (line-info-api 3, 6-2)."""
    return Contract.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        subscriber=subscriber,
        state__in=LIVE_STATES,
        formed_on__lte=on,
        product__in=target_products(terms_code, on).values("product"),
    )


def visible_contracts(
    *, api_contract: ApiContract, api_user: ApiUser | None = None, on: date
) -> QuerySet[Contract]:
    """The target contracts whose lines are in service on a day, for the contractor or, narrowed to their share, an API user.

    Each comes with its line and product.
    """
    contracts = target_contracts(
        subscriber=api_contract.subscriber_id, terms_code=api_contract.terms_code, on=on
    ).filter(line__isnull=False, state__in=SERVED_STATES, service_start__lte=on)
    if api_user is not None and not api_user.all_lines:
        contracts = contracts.filter(line__in=api_user.lines.all())
    return contracts.annotate(transferred_on=Subquery(_TRANSFERS.values("effective_on")[:1])).select_related(
        "line", "product"
    )


def right_began(contract: Contract) -> date:
    """The first day whose line records the present subscriber may read: the start of the service, or the day it took over.

    ``contract`` comes from ``visible_contracts``. Records from before a transfer (譲渡) are another's. A successor by
    inheritance or merger stands in the place of the one before, records included.
    """
    start = contract.service_start or contract.applied_on
    transferred_on: date | None = getattr(contract, "transferred_on")  # noqa: B009 - an annotation, no field
    return max(start, transferred_on) if transferred_on else start
