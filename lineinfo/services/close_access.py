"""Close what hangs on an API contract that is over."""

from datetime import datetime

from contracts.moments import japan_date
from lineinfo.models import ApiContract, ApiSuspension, Credential
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform

_WORKING = (Credential.State.ACTIVE, Credential.State.ROTATED)


def close_access(*, contract: ApiContract, by: User, at: datetime, reason: str = "") -> None:
    """Its credentials expire and its suspensions are over. Call in the transaction that ends the contract.

    The credentials are not revoked: who still calls with one hears that the contract ended.
    """
    on = japan_date(at)
    for credential in Credential.objects.filter(api_user__api_contract=contract, state__in=_WORKING):
        perform(credential, "expire", by=by, on=on, reason=reason, at=at)
    for suspension in contract.suspensions.filter(
        state__in=[ApiSuspension.State.ANNOUNCED, ApiSuspension.State.IN_FORCE]
    ):
        announced = suspension.state == ApiSuspension.State.ANNOUNCED
        perform(
            suspension,
            "withdraw" if announced else "end_contract",
            by=by,
            on=on,
            reason=reason,
            article=ArticleRef.parse(suspension.article),
        )
