"""Which lines somebody may ask about: those of the contractor's own live target contracts, and an API user's share of them.

Nothing is copied: each question is answered from the contracts as they stand, so that a contract that ended a second ago
gives nothing any more (line-info-api 4-2).
"""

from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from django.db.models import BigIntegerField, CharField, DateField, OuterRef, Q, QuerySet, Subquery

from contracts.models import Contract, Request, Subscriber
from contracts.models.contract import LIVE_STATES
from lineinfo.models import ApiContract, ApiUser, TargetService
from lineinfo.statement import Given, Statement

SERVED_STATES = LIVE_STATES - {Contract.State.ACCEPTED}
"""The states of a contract whose service has started. A suspended or paused line is still the contractor's."""

_TRANSFERRED_ON = Subquery(
    Request.objects.filter(
        contract=OuterRef("pk"), kind=Request.Kind.TRANSFER, state=Request.State.CARRIED_OUT
    )
    .order_by("-effective_on")
    .values("effective_on")[:1]
)


def target_products(terms_code: str | Given, on: date | Given) -> QuerySet[TargetService]:
    """The target services of an API document on a day."""
    return TargetService.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on), terms_code=terms_code, since__lte=on
    )


def target_contracts(
    *, subscriber: Subscriber | int | Given, terms_code: str | Given, on: date | Given
) -> QuerySet[Contract]:
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

    Each comes with its line and product. None under an API contract that is not formed yet, or over.
    """
    contracts = _in_service(
        subscriber=api_contract.subscriber_id,
        terms_code=api_contract.terms_code,
        api_user=None if api_user is None or api_user.all_lines else api_user.pk,
        on=on,
    )
    contracts = contracts.annotate(transferred_on=_TRANSFERRED_ON).select_related("line", "product")
    return contracts if api_contract.is_live else contracts.none()


def right_began(contract: Contract) -> date:
    """The first day whose line records the present subscriber may read: the start of the service, or the day it took over.

    ``contract`` comes from ``visible_contracts``. Records from before a transfer (譲渡) are another's. A successor by
    inheritance or merger stands in the place of the one before, records included.
    """
    transferred_on: date | None = getattr(contract, "transferred_on")  # noqa: B009 - an annotation, no field
    return _began(contract.service_start, contract.applied_on, transferred_on)


@dataclass(frozen=True)
class Right:
    """Whose records may be read, and from which day on."""

    line_id: int
    since: date


def right_on_line(*, api_contract: ApiContract, api_user: ApiUser, number: str, on: date) -> Right | None:
    """The right of an API user on the line of that number, as ``visible_contracts`` and ``right_began`` tell it; None without one."""
    found = _RIGHTS[api_user.all_lines].rows(
        subscriber=api_contract.subscriber_id,
        terms_code=api_contract.terms_code,
        api_user=api_user.pk,
        number=number,
        on=on,
    )
    for line_id, service_start, applied_on, transferred_on in found:
        return Right(line_id=line_id, since=_began(service_start, applied_on, transferred_on))
    return None


def _in_service(
    *, subscriber: int | Given, terms_code: str | Given, api_user: int | Given | None, on: date | Given
) -> QuerySet[Contract]:
    contracts = target_contracts(subscriber=subscriber, terms_code=terms_code, on=on).filter(
        line__isnull=False, state__in=SERVED_STATES, service_start__lte=on
    )
    if api_user is not None:
        share = ApiUser.lines.through.objects.filter(apiuser=api_user)
        contracts = contracts.filter(line__in=share.values("line"))
    return contracts


def _began(service_start: date | None, applied_on: date, transferred_on: date | None) -> date:
    start = service_start or applied_on
    return max(start, transferred_on) if transferred_on else start


def _right(*, all_lines: bool) -> QuerySet[Contract, tuple[Any, ...]]:
    contracts = _in_service(
        subscriber=Given("subscriber", BigIntegerField()),
        terms_code=Given("terms_code", CharField()),
        api_user=None if all_lines else Given("api_user", BigIntegerField()),
        on=Given("on", DateField()),
    )
    return contracts.filter(line__number=Given("number", CharField())).values_list(
        "line_id", "service_start", "applied_on", _TRANSFERRED_ON
    )[:1]


_RIGHTS = {all_lines: Statement(partial(_right, all_lines=all_lines)) for all_lines in (True, False)}
