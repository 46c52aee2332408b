"""Refuse what would lie before the service started."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import Contract


def not_before_service(contract: Contract, on: date) -> None:
    """ValidationError for a day before the service of ``contract`` started."""
    if contract.service_start is not None and on < contract.service_start:
        raise ValidationError({"on": _("The service started on %(day)s.") % {"day": contract.service_start}})
