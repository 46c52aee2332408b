"""Ask the subscriber to pay for equipment that was lost or damaged by a breach."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.models import Violation
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.article import ArticleRef
from workflow.models import User


def claim_damage(*, violation: Violation, by: User, on: date, amount: int, pay_by: date) -> Violation:
    """The cost of replacement or repair, ``amount`` yen without tax, is asked for by the day ``pay_by``.

    hikari-line 54-2, hikari-phone 52-2, isp-access 42-7. ValidationError for an amount or a day that cannot be.
    """
    errors = {}
    if amount <= 0:
        errors["amount"] = _("The cost is a number of yen above zero.")
    if pay_by <= on:
        errors["pay_by"] = _("The day of payment lies in the future.")
    if errors:
        raise ValidationError(errors)
    article = ArticleRef.parse(violation.article)
    with transaction.atomic():
        violation.cost, violation.pay_by = amount, pay_by
        violation.save(update_fields=["cost", "pay_by"])
        note_change(violation, "claim_damage", by=by, on=on, reason=f"{amount}", article=article)
        tell(
            violation.contract,
            "damage_claimed",
            on=on,
            article=article,
            about=violation,
            what=violation.evidence,
            amount=amount,
            pay_by=pay_by,
        )
    return violation
