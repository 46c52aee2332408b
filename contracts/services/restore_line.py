"""Bring a contract back from suspension, once no suspension holds it any more."""

from datetime import date

from contracts.models import Contract, Suspension
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def restore_line(*, contract: Contract, by: User, on: date, reason: str, article: ArticleRef) -> bool:
    """The contract is active again, or paused where its pause still runs. False where it stays as it is.

    It stays while another suspension is in force, and while it is ending.
    """
    contract.refresh_from_db()
    if contract.state != Contract.State.SUSPENDED:
        return False
    if contract.suspensions.filter(state=Suspension.State.IN_FORCE).exists():
        return False
    back_to = (
        Contract.State.PAUSED
        if contract.pauses.filter(ends_on__isnull=True).exists()
        else Contract.State.ACTIVE
    )
    perform(contract, "lift", by=by, on=on, reason=reason, article=article, back_to=back_to)
    return True
