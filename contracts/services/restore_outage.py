"""Record when a line was back."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Outage
from notices.facts import moment_words
from workflow.models import User


def restore_outage(
    *, outage: Outage, by: User, restored: datetime, cause: str | None = None, note: str = ""
) -> Outage:
    """The line works again since ``restored``; ``cause`` where it was found out meanwhile.

    ValidationError where its end was recorded already, or where the line is halted, which ends with its contract.
    """
    with transaction.atomic():
        outage.refresh_from_db(from_queryset=Outage.objects.select_for_update(of=("self",)))
        if outage.restored is not None:
            raise ValidationError(
                {
                    "restored": _("The outage ended at %(when)s already.")
                    % {"when": moment_words(outage.restored)}
                }
            )
        if outage.halted is not None:
            raise ValidationError(
                {
                    "restored": _("The line is halted; the outage ends by itself with contract %(contract)s.")
                    % {"contract": outage.halted}
                }
            )
        outage.restored = restored
        outage.restored_by = by
        if cause is not None:
            outage.cause = cause
        outage.operator_fault = outage.operator_fault or outage.cause == Outage.Cause.GROSS_NEGLIGENCE
        outage.note = "\n".join(part for part in (outage.note, note) if part)
        outage.full_clean()
        outage.save()
    return outage
