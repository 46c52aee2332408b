"""A dispute about an invoice is over."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Dispute
from workflow.errors import WrongState
from workflow.models import User


def close_dispute(*, dispute: Dispute, by: User, on: date, outcome: str) -> Dispute:
    """The steps on the debt go on from where its dates say. ValidationError without an outcome, WrongState if it was closed."""
    if not outcome.strip():
        raise ValidationError({"outcome": _("Say what came of it.")})
    with transaction.atomic():
        dispute.refresh_from_db(from_queryset=Dispute.objects.select_for_update(of=("self",)))
        if dispute.closed_on is not None:
            raise WrongState(_("This dispute is closed already."))
        dispute.closed_on, dispute.outcome = on, f"{outcome.strip()} ({by})"
        dispute.full_clean()
        dispute.save()
    return dispute
