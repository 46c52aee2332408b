"""Let a work be paid in instalments."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import InstalmentPlan
from contracts.models import Work
from terms.calendar import Month
from terms.errors import NoSuchRule
from terms.refusal import Refusal
from terms.rules.instalment_balance import InstalmentBalance
from terms.rules.instalment_intake import InstalmentIntake, InstalmentIntakeFacts, instalment_intake
from workflow.errors import Refused
from workflow.models import User


def agree_instalments(
    *, work: Work, by: User, requested: date, dwelling: str, first_month: date
) -> InstalmentPlan:
    """A plan as the document prints it, from the month of ``first_month`` on; ``dwelling`` is detached or collective.

    Refused where the document takes no more of them on the day they were ``requested``; ValidationError where it
    knows none.
    """
    pack = work.contract.pack(first_month)
    try:
        rule, intake = pack.rule(InstalmentBalance), pack.rule(InstalmentIntake)
    except NoSuchRule:
        raise ValidationError(_("%(terms)s knows no instalments.") % {"terms": pack.title}) from None
    answer = instalment_intake(intake, InstalmentIntakeFacts(requested=requested))
    if not answer.accepted:
        raise Refused(Refusal(answer.article, "closed", _("No more works are taken on instalments.")))
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
