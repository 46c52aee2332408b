"""Change what is registered of an API user."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction

from contracts.models import Line
from lineinfo.models import ApiUser, Subcontractor
from lineinfo.services.living_user import living_user
from lineinfo.services.register_api_user import check_subcontractor, checked_lines


def change_api_user(
    *,
    api_user: ApiUser,
    on: date,
    name: str,
    organisation: str,
    email: str,
    lines: Iterable[Line] | None,
    subcontractor: Subcontractor | None = None,
    whole_log: bool = False,
) -> ApiUser:
    """The user with the new values from now on; ``lines`` None means all of the contract's lines (line-info-api 9-1).

    ValidationError for values that cannot be or a line that is not the contractor's; WrongState once deleted.
    """
    with transaction.atomic():
        user = living_user(api_user)
        check_subcontractor(user.api_contract, subcontractor)
        share = None if lines is None else checked_lines(user.api_contract, lines, on)
        user.name, user.organisation, user.email = name.strip(), organisation.strip(), email.strip()
        user.subcontractor, user.whole_log = subcontractor, whole_log
        user.all_lines = share is None
        user.full_clean()
        user.save()
        user.lines.set(share or [])
    return user
