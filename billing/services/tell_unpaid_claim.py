"""Tell a carrier that the claim which it sold us is unpaid (hikari-line 47)."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.falling_due import falls_due
from billing.models import PartnerClaim
from contracts.models import Disclosure
from contracts.services.tell_arrears_to_partner import tell_arrears_to_partner
from workflow.models import User


def tell_unpaid_claim(*, claim: PartnerClaim, by: User, at: datetime) -> Disclosure:
    """The notice to the carrier, logged as a disclosure. ValidationError where it was told before or the claim is not on an
    open invoice; Refused without the consent, or before the due date is over."""
    with transaction.atomic():
        claim.refresh_from_db(from_queryset=PartnerClaim.objects.select_for_update(of=("self",)))
        if claim.told is not None:
            raise ValidationError(_("The partner was told of it already."))
        charge = claim.charge
        if charge.invoice is None or charge.contract is None or not charge.invoice.is_open:
            raise ValidationError(_("Nothing is owed on it."))
        claim.told = tell_arrears_to_partner(
            contract=charge.contract,
            partner=claim.partner,
            by=by,
            at=at,
            amount=min(charge.amount, charge.invoice.open_amount),
            due_on=falls_due(charge.invoice),
        )
        claim.save(update_fields=["told"])
    return claim.told
