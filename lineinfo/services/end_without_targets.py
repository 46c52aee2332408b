"""End the API contracts whose target contracts are all over."""

from datetime import date, datetime, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet

from contracts.models import Contract
from contracts.models.contract import LIVE_STATES
from contracts.moments import japan_date
from lineinfo.guards import TARGETS_ENDED
from lineinfo.models import ApiContract, TargetService
from lineinfo.services.end_api_contract import end_by_operator
from workflow.errors import Refused, WrongState
from workflow.models import User

# Told to the contractor as it stands.
_REASON = "対象サービスに係る契約がすべて終了したため"


def end_without_targets(*, by: User, at: datetime) -> int:
    """Declare the ending of each live API contract that has no live target contract, tomorrow as its last day.

    Only where the document links the two (line-info-api 12-3); the notice comes first (12-4). Returns how many.
    """
    on = japan_date(at)
    count = 0
    for contract in _without_targets(on):
        linked = contract.pack(on).linked_endings
        if linked is None or linked.with_ != "target":
            continue
        try:
            end_by_operator(
                contract=contract,
                by=by,
                at=at,
                ground=TARGETS_ENDED,
                ends_on=on + timedelta(days=1),
                reason=_REASON,
            )
            count += 1
        except (Refused, WrongState):
            pass  # a target contract, or another worker, got there first
    return count


def _without_targets(on: date) -> QuerySet[ApiContract]:
    """All at once what ``rights.target_contracts`` answers for one contract."""
    products = TargetService.objects.filter(
        Q(until__isnull=True) | Q(until__gte=on),
        terms_code=OuterRef(OuterRef("terms_code")),
        since__lte=on,
        product=OuterRef("product"),
    )
    targets = Contract.objects.filter(
        Q(ends_on__isnull=True) | Q(ends_on__gte=on),
        Exists(products),
        subscriber=OuterRef("subscriber"),
        state__in=LIVE_STATES,
        formed_on__lte=on,
    )
    return ApiContract.objects.filter(
        ~Exists(targets), state__in=[ApiContract.State.ACTIVE, ApiContract.State.SUSPENDED]
    ).select_related("subscriber")
