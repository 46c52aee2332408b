"""Ask the subscriber to pay for equipment that was lost or damaged by a breach."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.equipment import LossFacts, claim_for
from contracts.models import Violation
from contracts.services.note_change import note_change
from contracts.services.tell import tell
from terms.refusal import Refusal
from workflow.errors import Refused
from workflow.models import User


def claim_damage(*, violation: Violation, by: User, on: date, amount: int, pay_by: date) -> Violation:
    """The cost of replacement or repair, ``amount`` yen without tax, is asked for by the day ``pay_by``.

    hikari-line 54-2, hikari-phone 52-2, isp-access 42-7. Billing puts it on the invoice of the month in which that day lies,
    so that no invoice asks for it before it is due; until that day it may be claimed anew, with other yen or another day.
    Refused for a duty whose breach the document has not paid for; ValidationError for an amount or a day that cannot be.
    """
    found = claim_for(
        violation.contract.pack(on), LossFacts(event="damaged", duty=violation.duty, cost=amount)
    )
    if isinstance(found, Refusal):
        raise Refused(found)
    assert found is not None, "a breach of a duty is paid for, or refused"
    errors = {}
    if amount <= 0:
        errors["amount"] = _("The cost is a number of yen above zero.")
    if pay_by <= on:
        errors["pay_by"] = _("The day of payment lies in the future.")
    if violation.pay_by and violation.pay_by < on:
        errors["pay_by"] = _(
            "It was claimed already, to be paid by %(day)s; what was too much is credited on its invoice."
        ) % {"day": violation.pay_by}
    if errors:
        raise ValidationError(errors)
    with transaction.atomic():
        violation.cost, violation.pay_by = amount, pay_by
        violation.save(update_fields=["cost", "pay_by"])
        note_change(violation, "claim_damage", by=by, on=on, reason=f"{amount}", article=found.article)
        tell(
            violation.contract,
            "damage_claimed",
            on=on,
            article=found.article,
            about=violation,
            what=violation.evidence,
            amount=amount,
            pay_by=pay_by,
        )
    return violation
