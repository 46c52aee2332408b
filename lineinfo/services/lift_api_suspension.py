"""Lift a suspension of an API contract: the breach is cured, or it never came into force."""

from datetime import datetime

from django.db import transaction

from contracts.moments import japan_date
from lineinfo.models import ApiContract, ApiSuspension
from notices.services.send_notice import send_notice
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def lift_api_suspension(*, suspension: ApiSuspension, by: User, at: datetime, reason: str) -> None:
    """Access is open again from now on, and the contractor is told; one only announced is withdrawn.

    WrongState where it is over already.
    """
    announced = suspension.state == ApiSuspension.State.ANNOUNCED
    close_suspension(suspension, "withdraw" if announced else "lift", by=by, at=at, reason=reason)


def close_suspension(
    suspension: ApiSuspension, transition: str, *, by: User, at: datetime, reason: str
) -> None:
    """Run the closing ``transition`` on the day of ``at``, reopen the contract that was closed, and tell the contractor."""
    on = japan_date(at)
    article = ArticleRef.parse(suspension.article)
    with transaction.atomic():
        perform(suspension, transition, by=by, on=on, reason=reason, article=article)
        contract = ApiContract.objects.select_for_update(of=("self",)).get(pk=suspension.api_contract_id)
        if contract.state == ApiContract.State.SUSPENDED:
            perform(contract, "lift", by=by, on=on, reason=reason, article=article)
        elif contract.state == ApiContract.State.ACTIVE and contract.suspended_parts:
            perform(contract, "lift_in_part", by=by, on=on, reason=reason, article=article)
        send_notice(
            occasion="api_suspension_lifted",
            recipient=contract.subscriber,
            about=contract,
            article=article,
            facts={"api_id": contract.api_id, "lifted_on": on},
            at=at,
        )
