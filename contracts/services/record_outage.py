"""Record that a line was down."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Line, Outage, PartnerFault
from workflow.models import User


def record_outage(
    *,
    line: Line,
    by: User,
    down: datetime,
    known: datetime,
    restored: datetime | None = None,
    cause: str = Outage.Cause.NOT_CUSTOMER,
    operator_fault: bool = False,
    partner_fault: PartnerFault | None = None,
    note: str = "",
) -> Outage:
    """An outage of ``line`` from ``down``, known to the operator at ``known``, until ``restored`` (None: it goes on).

    The facts come from the fault desk, never from line records (line-info-api 15). ``partner_fault``: the failure of another
    operator's service that it came of. ValidationError for times that contradict each other, for two at fault, and for a
    line that is down already.
    """
    with transaction.atomic():
        Line.objects.select_for_update().get(pk=line.pk)
        if line.outages.filter(restored__isnull=True).exists():
            raise ValidationError(
                {"line": _("This line is down already; record when it was restored first.")}
            )
        outage = Outage(
            line=line,
            down=down,
            known=known,
            restored=restored,
            cause=cause,
            operator_fault=operator_fault or cause == Outage.Cause.GROSS_NEGLIGENCE,
            partner_fault=partner_fault,
            note=note,
            recorded_by=by,
        )
        outage.full_clean()
        outage.save()
    return outage
