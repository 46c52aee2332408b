"""Take an application for an API contract back before the answer."""

from datetime import date

from lineinfo.models import ApiContract
from workflow.models import User
from workflow.services.perform import perform


def withdraw_api_application(*, contract: ApiContract, by: User, on: date, reason: str = "") -> None:
    """The applicant withdraws on ``on``. WrongState once it was answered."""
    perform(contract, "withdraw", by=by, on=on, reason=reason)
