"""Propose that a line be suspended on a ground of the document."""

from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.suspension import SuspensionFacts, may_propose, suspension_of
from contracts.models import Contract, Suspension
from contracts.moments import japan_date
from workflow.errors import Refused
from workflow.models import User
from workflow.services.approve import propose
from workflow.services.perform import perform

SUSPEND = "suspend"
"""The action on which a second person decides."""

_SUSPENDABLE = frozenset(
    {Contract.State.ACTIVE, Contract.State.PAUSED, Contract.State.SUSPENDED, Contract.State.ENDING}
)


def propose_suspension(
    *,
    contract: Contract,
    by: User,
    at: datetime,
    ground: str,
    reason: str,
    starts_on: date,
    through: date | None = None,
    urgent: bool = False,
) -> Suspension:
    """A suspension from ``starts_on`` through ``through``, proposed at ``at`` and waiting for a second person (approve_suspension).

    ``through`` is left out for a ground that lasts until the debt is paid, and only there. What the clock proposes
    rests on a rule of the document and is approved at once. Refused where the document has no such ground, allows no
    such length or no urgent case; ValidationError for what is missing or contradicts itself.
    """
    facts = SuspensionFacts(ground=ground, starts_on=starts_on, through=through, urgent=urgent)
    on = japan_date(at)
    pack = contract.pack(on)
    refusal = may_propose(pack, facts)
    if refusal:
        raise Refused(refusal)
    found = suspension_of(pack).ground(ground)
    assert found is not None
    _check(contract, facts, reason, until_paid=found.until_paid, on=on)
    with transaction.atomic():
        suspension = Suspension(
            contract=contract,
            ground=ground,
            article=str(found.article),
            reason=reason,
            starts_on=starts_on,
            through=through,
            until_paid=found.until_paid,
            urgent=urgent,
        )
        suspension.full_clean()
        suspension.save()
        if by.is_system:
            perform(suspension, "approve", by=by, on=on, reason=reason, article=found.article)
        else:
            propose(suspension, SUSPEND, by=by, reason=reason, article=found.article, at=at)
    return suspension


def _check(contract: Contract, facts: SuspensionFacts, reason: str, *, until_paid: bool, on: date) -> None:
    errors = {}
    if contract.state not in _SUSPENDABLE:
        errors["contract"] = _(
            "Contract %(contract)s is “%(state)s”; only a running line can be suspended."
        ) % {
            "contract": contract,
            "state": contract.get_state_display(),
        }
    if not reason.strip():
        errors["reason"] = _("Give the reason; the notice states it.")
    if facts.starts_on < on:
        errors["starts_on"] = _("A suspension cannot start in the past.")
    if until_paid and facts.through is not None:
        errors["through"] = _(
            "A suspension on this ground lasts until the debt is paid; leave the last day empty."
        )
    if not until_paid and facts.through is None:
        errors["through"] = _("State the last day; the notice names the period.")
    if facts.through is not None and facts.through < facts.starts_on:
        errors["through"] = _("The last day cannot lie before the first.")
    if errors:
        raise ValidationError(errors)
