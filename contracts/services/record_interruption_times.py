"""Record when an announced interruption really took place."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Interruption, Outage
from contracts.moments import japan_date
from terms.registry import pack_for
from terms.rules.outage_credit import OutageCredit
from workflow.models import User

CHUNK = 5000


def record_interruption_times(
    *,
    interruption: Interruption,
    by: User,
    at: datetime,
    began: datetime,
    ended: datetime,
    unusable: bool = True,
) -> int:
    """It lasted from ``began`` to ``ended``, as ``by`` says at ``at``; returns how many outages were recorded for it.

    Where the lines were ``unusable`` altogether and the document gives back what an outage takes, each of them has had an outage of
    that time, known from its beginning and not the subscriber's (isp-access 29-2(4), hikari-phone 37-3, business-network 8-6). The
    24 hours that the documents ask for are counted with the outages before and after it. ValidationError where the times were
    recorded already, lie ahead, or contradict each other.
    """
    with transaction.atomic():
        interruption.refresh_from_db(from_queryset=Interruption.objects.select_for_update(of=("self",)))
        if interruption.ended is not None:
            raise ValidationError({"ended": _("The times of this interruption were recorded already.")})
        if ended > at:
            raise ValidationError({"ended": _("It is not over yet; record its times when it is.")})
        interruption.began, interruption.ended, interruption.times_by = began, ended, by
        interruption.full_clean()
        interruption.save()
        if not unusable or outage_credit_of(interruption) is None:
            return 0
        return len(Outage.objects.bulk_create(_outages(interruption, by), batch_size=CHUNK))


def outage_credit_of(interruption: Interruption) -> OutageCredit | None:
    """What the document gives back for an outage at that time; None where it gives nothing."""
    pack = pack_for(interruption.terms_code, japan_date(interruption.starts_at), earliest=True)
    rule = pack.rule(OutageCredit) if pack.has(OutageCredit) else None
    return rule if rule and rule.credited else None


def _outages(interruption: Interruption, by: User) -> list[Outage]:
    assert interruption.began is not None
    return [
        Outage(
            line_id=line,
            down=interruption.began,
            known=interruption.began,
            restored=interruption.ended,
            interruption=interruption,
            note=interruption.title,
            recorded_by=by,
            restored_by=by,
        )
        for line in interruption.lines.order_by("pk").values_list("pk", flat=True)
    ]
