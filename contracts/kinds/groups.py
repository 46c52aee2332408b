"""The group of lines that a request names."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from contracts.models import LineGroup


def group_of(details: Mapping[str, Any], terms_code: str) -> LineGroup | None:
    """The group whose number the details name, None where they name none. ValidationError for one that is none of those terms."""
    if "group" not in details:
        return None
    number = details["group"].strip().upper()
    group = LineGroup.objects.filter(number=number, terms_code=terms_code).first()
    if group is None:
        raise ValidationError({"group": _("There is no group of lines “%(number)s”.") % {"number": number}})
    return group
