"""What must be known before invoices can be issued."""

from datetime import date

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from billing.models import DuePolicy, Invoice
from billing.rating.due import due_date
from terms.registry import statute
from terms.rules.registration_number import RegistrationNumber, RegistrationNumberFacts, registration_number


def due_days(drafts: QuerySet[Invoice], *, month: date, on: date) -> dict[str, date]:
    """The due day of each document that has drafts of ``month``. ValidationError for one without a policy on ``on``."""
    found = {}
    for code in drafts.order_by().values_list("terms_code", flat=True).distinct():
        policy = DuePolicy.objects.filter(terms_code=code, valid_from__lte=on).order_by("-valid_from").first()
        if policy is None:
            raise ValidationError(
                _("There is no due-date policy for %(terms)s on %(day)s. Enter one.")
                % {"terms": code, "day": on}
            )
        found[code] = due_date(month=month, months_after=policy.months_after, day=policy.day, issued_on=on)
    return found


def operator_registration_number(on: date) -> str:
    """The number that stands on every invoice (適格請求書). ValidationError where the setting cannot be one."""
    number = str(settings.OPERATOR_REGISTRATION_NUMBER)
    rule = statute(on).rule(RegistrationNumber)
    if not registration_number(rule, RegistrationNumberFacts(number=number)).valid:
        raise ValidationError(
            _(
                "OPERATOR_REGISTRATION_NUMBER “%(number)s” is no registration number: T and 13 digits with a check digit."
            )
            % {"number": number}
        )
    return number
