"""Register an API user under a contract, with both consents."""

from collections.abc import Iterable
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Line
from lineinfo.guards import consent_missing
from lineinfo.models import ApiContract, ApiUser, Subcontractor
from lineinfo.rights import visible_contracts
from workflow.errors import Refused, WrongState
from workflow.models import User


def register_api_user(
    *,
    contract: ApiContract,
    by: User,
    on: date,
    name: str,
    organisation: str,
    email: str,
    viewing_consent_on: date | None,
    supply_consent_on: date | None,
    lines: Iterable[Line] | None = None,
    subcontractor: Subcontractor | None = None,
    whole_log: bool = False,
) -> ApiUser:
    """An own or third-party employee who may use the API from ``on``; ``by`` says who registered, for the contractor.

    ``viewing_consent_on``: the day on which the contractor agreed that this user sees the target services;
    ``supply_consent_on``: the day on which the user agreed that the operator gets their data. ``lines`` narrows the user
    to some of the contractor's lines; None means all. ``subcontractor``: whose staff it is, where not the contractor's own;
    ``whole_log``: may read the calls of all users of the contract.

    Refused (line-info-api 9-1, 9-3) without either consent; WrongState where the contract is not live; ValidationError
    for a name or an address that cannot be, a line that is not the contractor's (4-2), or a subcontractor that is none (13-2).
    """
    if not contract.is_live:
        raise WrongState(
            _("%(contract)s is “%(state)s”; API users are registered under a live contract.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    refusal = consent_missing(contract.pack(on), viewing=viewing_consent_on, supply=supply_consent_on, on=on)
    if refusal:
        raise Refused(refusal)
    share = None if lines is None else checked_lines(contract, lines, on)
    check_subcontractor(contract, subcontractor)
    user = ApiUser(  # type: ignore[misc]  # where the document asks for no consent, full_clean names what is missing
        api_contract=contract,
        name=name.strip(),
        organisation=organisation.strip(),
        email=email.strip(),
        viewing_consent_on=viewing_consent_on,
        supply_consent_on=supply_consent_on,
        all_lines=share is None,
        subcontractor=subcontractor,
        whole_log=whole_log,
        registered_on=on,
    )
    user.full_clean()
    with transaction.atomic():
        user.save()
        user.lines.set(share or [])
    return user


def check_subcontractor(contract: ApiContract, subcontractor: Subcontractor | None) -> None:
    """ValidationError for a subcontractor of another contract, or one that works for this one no more."""
    if subcontractor is None:
        return
    if subcontractor.api_contract_id != contract.pk or subcontractor.ended_on is not None:
        raise ValidationError(
            {"subcontractor": _("%(name)s is no subcontractor now.") % {"name": subcontractor}}
        )


def checked_lines(contract: ApiContract, lines: Iterable[Line], on: date) -> list[Line]:
    """The lines, if all of them are lines of the contractor's own target contracts on that day, else ValidationError."""
    asked = list(lines)
    own = set(visible_contracts(api_contract=contract, on=on).values_list("line_id", flat=True))
    foreign = [line.number for line in asked if line.pk not in own]
    if foreign:
        raise ValidationError(
            {
                "lines": _("Not a line of the contractor’s own target services: %(lines)s.")
                % {"lines": ", ".join(foreign)}
            }
        )
    return asked
