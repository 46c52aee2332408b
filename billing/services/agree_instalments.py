"""Let a work be paid in instalments."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import InstalmentPlan
from contracts.guards.instalments import takes_instalments
from contracts.models import Work
from terms.calendar import Month
from terms.rules.instalment_balance import InstalmentBalance
from workflow.errors import Refused
from workflow.models import User


def agree_instalments(
    *, work: Work, by: User, requested: date, dwelling: str, first_month: date
) -> InstalmentPlan:
    """A plan as the document prints it, from the month of ``first_month`` on; ``dwelling`` is detached or collective.

    Refused where the document takes none of them on the day they were ``requested``, or knows none.
    """
    pack = work.contract.pack(first_month)
    refusal = takes_instalments(pack, asked=requested)
    if refusal:
        raise Refused(refusal)
    rule = pack.rule(InstalmentBalance)
    plan = {"detached": rule.detached, "collective": rule.collective}.get(dwelling)
    if plan is None:
        raise ValidationError({"dwelling": _("Write detached or collective.")})
    with transaction.atomic():
        made = InstalmentPlan(
            work=work,
            first_month=Month.of(first_month).first,
            first_amount=plan.first,
            amount=plan.following,
            count=plan.count,
            article=str(rule.article),
        )
        made.full_clean()
        made.save()
    return made
