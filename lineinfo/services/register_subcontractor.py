"""Register a subcontractor of an API contractor, with the duties it is bound to."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.services.note_change import note_change
from lineinfo.guards import SUBCONTRACTOR_DUTY, duty_article, subcontractor_unbound
from lineinfo.models import ApiContract, Subcontractor
from workflow.errors import Refused, WrongState
from workflow.models import User


def register_subcontractor(
    *,
    contract: ApiContract,
    by: User,
    on: date,
    name: str,
    entrusted: str,
    disclosed: str,
    duties_on: date | None,
    supervision: str,
) -> Subcontractor:
    """A third party whose staff may be API users, bound by equal duties since ``duties_on`` and supervised (line-info-api 13-2).

    ``disclosed``: the IDs and the parts of the specification that ``entrusted`` needs. Refused without the duties or the
    supervision; WrongState where the contract is not live; ValidationError for what is left empty.
    """
    if not contract.is_live:
        raise WrongState(
            _("%(contract)s is “%(state)s”; subcontractors are registered under a live contract.")
            % {"contract": contract, "state": contract.get_state_display()}
        )
    pack = contract.pack(on)
    refusal = subcontractor_unbound(pack, duties_on=duties_on, supervision=supervision, on=on)
    if refusal:
        raise Refused(refusal)
    subcontractor = Subcontractor(
        api_contract=contract,
        name=name.strip(),
        entrusted=entrusted.strip(),
        disclosed=disclosed.strip(),
        duties_on=duties_on or on,
        supervision=supervision.strip(),
        registered_on=on,
    )
    subcontractor.full_clean()
    with transaction.atomic():
        subcontractor.save()
        article = duty_article(pack, SUBCONTRACTOR_DUTY)
        note_change(
            subcontractor, "register", by=by, on=on, reason=subcontractor.supervision, article=article
        )
    return subcontractor
