"""Let several months be paid together, where the subscriber consents."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BillingAccount, BillingRun, LumpPayment
from contracts.guards.silent import no_such_clause
from contracts.services.note_change import note_change
from terms.calendar import Month
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User


def agree_lump_payment(
    *,
    account: BillingAccount,
    terms_code: str,
    first_month: date,
    months: int,
    consented_on: date,
    evidence: str,
    reason: str,
    by: User,
    on: date,
) -> LumpPayment:
    """``months`` of charges under a document from ``first_month`` on come on one invoice, that of the last month.

    Refused where the document does not provide for it, for fewer months than it names, and without the subscriber's consent
    (hikari-line 通則6). ValidationError for months that are billed or paid together already, and for a missing reason.
    """
    pack = pack_for(terms_code, on)
    clause = pack.lump_payment
    if clause is None:
        raise Refused(
            no_such_clause(
                pack, "no_lump_payment", _("This document does not let several months be paid together.")
            )
        )
    if months < clause.least_months:
        raise Refused(
            Refusal(
                clause.article,
                "too_few_months",
                _("At least %(months)s months are paid together.") % {"months": clause.least_months},
            )
        )
    if not evidence.strip() or consented_on > on:
        raise Refused(
            Refusal(
                clause.article,
                "no_consent",
                _("Only with the consent of the subscriber: say how it was given."),
            )
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Say which special circumstances ask for it.")})
    first = Month.of(first_month)
    with transaction.atomic():
        BillingAccount.objects.select_for_update(of=("self",)).get(pk=account.pk)
        if (
            BillingRun.objects.filter(month__gte=first.first)
            .exclude(state=BillingRun.State.ABANDONED)
            .exists()
        ):
            raise ValidationError({"first_month": _("%(month)s is billed already.") % {"month": first}})
        agreed = LumpPayment(
            account=account,
            terms_code=terms_code,
            first_month=first.first,
            last_month=first.plus(months - 1).first,
            reason=reason.strip(),
            consented_on=consented_on,
            evidence=evidence.strip(),
            article=str(clause.article),
        )
        agreed.full_clean()
        if LumpPayment.objects.filter(
            account=account,
            terms_code=terms_code,
            first_month__lte=agreed.last_month,
            last_month__gte=agreed.first_month,
        ).exists():
            raise ValidationError({"first_month": _("Some of these months are paid together already.")})
        agreed.save()
        note_change(agreed, "agree", by=by, on=on, reason=reason, article=clause.article)
    return agreed
