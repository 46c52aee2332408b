"""Give the subscriber the time back that the invoices gave."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Acceleration
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.article import ArticleRef
from terms.registry import pack_for
from workflow.errors import WrongState
from workflow.models import User


def withdraw_acceleration(*, acceleration: Acceleration, by: User, on: date, reason: str) -> Acceleration:
    """The due dates printed on the invoices hold again, and the subscriber is told. What was paid or charged meanwhile stays.

    ValidationError without a reason; WrongState where it was withdrawn before.
    """
    if not reason.strip():
        raise ValidationError({"reason": _("Say why the subscriber is given time again.")})
    with transaction.atomic():
        acceleration.refresh_from_db(from_queryset=Acceleration.objects.select_for_update(of=("self",)))
        if not acceleration.stands:
            raise WrongState(_("This was withdrawn already."))
        contract, article = acceleration.contract, ArticleRef.parse(acceleration.article)
        acceleration.withdrawn_on, acceleration.withdrawn_by = on, by
        acceleration.withdrawal_reason = reason.strip()
        acceleration.full_clean()
        acceleration.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_reason"])
        note_change(contract, "withdraw_acceleration", by=by, on=on, reason=reason, article=article)
        tell(
            contract,
            "acceleration_withdrawn",
            on=on,
            article=article,
            about=acceleration,
            recipient=acceleration.subscriber,
            terms_title=pack_for(acceleration.terms_code, on, earliest=True).title,
            reason=acceleration.withdrawal_reason,
            withdrawn_on=on,
        )
    return acceleration
