"""Tell the subscriber beforehand: the reason, the day and the period of a suspension."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Suspension
from contracts.moments import japan_date
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User
from workflow.services.perform import perform


def give_suspension_notice(
    *,
    suspension: Suspension,
    by: User,
    at: datetime,
    invoice_number: str = "",
    amount_due: int = 0,
) -> Suspension:
    """Write the notice of an approved suspension at ``at``; a worker dispatches it, and only then can the line be cut.

    ``invoice_number`` and ``amount_due`` (yen): the debt, where there is one.
    ValidationError where the first day has come already; WrongState unless it was approved.
    """
    on = japan_date(at)
    if suspension.starts_on <= on:
        raise ValidationError(
            _("The first day of the suspension, %(day)s, must lie after the notice.")
            % {"day": suspension.starts_on}
        )
    contract = suspension.contract
    facts: dict[str, Any] = {"until_paid": suspension.until_paid}
    if invoice_number:
        facts["invoice_number"] = invoice_number
    if amount_due:
        facts["amount_due"] = amount_due
    article = ArticleRef.parse(suspension.article)
    with transaction.atomic():
        notice = tell(
            contract,
            "suspension_notice",
            on=on,
            article=article,
            about=suspension,
            reason=suspension.reason,
            starts_on=suspension.starts_on,
            through=suspension.through,
            **facts,
        )
        perform(
            suspension, "give_notice", by=by, on=on, reason=suspension.reason, article=article, notice=notice
        )
    return suspension
