"""Record that a partner's service failed and took lines down, and what the partner paid for it."""

from collections.abc import Iterable
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Line, Outage, Partner, PartnerFault
from contracts.moments import japan_date
from contracts.services.note_change import note_change
from contracts.services.record_outage import record_outage
from workflow.models import User


def record_partner_fault(
    *,
    partner: Partner,
    by: User,
    at: datetime,
    began: datetime,
    what: str,
    known: datetime,
    restored: datetime | None = None,
    lines: Iterable[Line] = (),
) -> PartnerFault:
    """The service of ``partner`` failed at ``began``; each of ``lines`` was down from then on, as the operator knew at ``known``, until
    ``restored``.

    ValidationError for a time after ``at``, times that contradict each other, and a line that is down already: its outage is
    put down to the fault by put_down_to.
    """
    if began > at:
        raise ValidationError({"began": _("This lies in the future.")})
    with transaction.atomic():
        fault = PartnerFault(partner=partner, began=began, what=what, recorded_by=by)
        fault.full_clean()
        fault.save()
        for line in lines:
            try:
                record_outage(
                    line=line,
                    by=by,
                    down=began,
                    known=known,
                    restored=restored,
                    partner_fault=fault,
                    note=what,
                )
            except ValidationError as error:
                raise ValidationError(
                    {"lines": [f"{line}：{message}" for message in error.messages]}
                ) from error
        note_change(fault, "record_partner_fault", by=by, on=japan_date(at), reason=what)
    return fault


def put_down_to(*, outage: Outage, fault: PartnerFault, by: User, on: date) -> Outage:
    """The outage came of the failure of the partner's service. ValidationError where it is said to be somebody else's fault, or
    lies before the failure."""
    with transaction.atomic():
        outage.refresh_from_db(from_queryset=Outage.objects.select_for_update(of=("self",)))
        if outage.operator_fault or outage.cause == Outage.Cause.CUSTOMER:
            raise ValidationError({"fault": _("The outage is recorded as the fault of somebody else.")})
        if outage.restored is not None and outage.restored <= fault.began:
            raise ValidationError({"fault": _("The outage was over before the partner’s service failed.")})
        outage.partner_fault = fault
        outage.full_clean()
        outage.save()
        note_change(outage, "put_down_to", by=by, on=on, reason=str(fault))
    return outage


def record_partner_damages(
    *, fault: PartnerFault, by: User, on: date, received: int, received_on: date, reason: str = ""
) -> PartnerFault:
    """The partner paid ``received`` yen for the failure, 0 where it pays nothing; known on ``received_on``.

    Saying it anew corrects it; who said what stays on record. ValidationError for a day that has not come.
    """
    if received_on > on:
        raise ValidationError({"received_on": _("This day has not come.")})
    with transaction.atomic():
        fault.refresh_from_db(from_queryset=PartnerFault.objects.select_for_update(of=("self",)))
        fault.received, fault.received_on = received, received_on
        fault.full_clean()
        fault.save()
        note_change(fault, "record_partner_damages", by=by, on=on, reason=f"{received} {reason}".strip())
    return fault
