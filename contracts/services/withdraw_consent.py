"""Record that a subscriber takes a consent back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.consent import clause_of, may_withdraw
from contracts.models import Consent
from terms.registry import pack_version, statute
from workflow.errors import Refused
from workflow.models import User


def withdraw_consent(*, consent: Consent, by: User, at: datetime, reason: str = "") -> Consent:
    """The consent withdrawn at ``at``, for the time to come; what was done on it before stays.

    Refused for a consent that is part of the contract. ValidationError where it was withdrawn already.
    """
    pack = pack_version(consent.terms_code, consent.effective)
    found = clause_of(pack, statute(consent.effective, earliest=True), consent.code)
    refusal = may_withdraw(found[1]) if found else None
    if refusal:
        raise Refused(refusal)
    with transaction.atomic():
        consent.refresh_from_db(from_queryset=Consent.objects.select_for_update(of=("self",)))
        if consent.withdrawn_at is not None:
            raise ValidationError(_("This consent was withdrawn already."))
        if at < consent.given_at:
            raise ValidationError({"at": _("It cannot be withdrawn before it was given.")})
        consent.withdrawn_at, consent.withdrawn_by, consent.withdrawal_reason = at, by, reason
        consent.save(update_fields=["withdrawn_at", "withdrawn_by", "withdrawal_reason"])
    return consent
