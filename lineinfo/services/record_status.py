"""Record the status of a line as the network reports it."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.timezone import is_naive
from django.utils.translation import gettext as _

from contracts.models import Line
from lineinfo.models import LineStatus


def record_status(
    *, line: Line, state: str, as_of: datetime, item: str = "", host_exchange: str = ""
) -> LineStatus:
    """The line's status, with what was reported if it is the latest. A report older than the one known changes nothing.

    ``state`` is a LineStatus.State, ``as_of`` the moment that the report is about. ValidationError for another state or
    a moment without time zone.
    """
    if is_naive(as_of):
        raise ValidationError({"as_of": _("Give the moment with its time zone.")})
    values = {"state": state, "item": item, "host_exchange": host_exchange, "as_of": as_of}
    LineStatus(line=line, **values).clean_fields()
    with transaction.atomic():
        status, made = LineStatus.objects.select_for_update(of=("self",)).get_or_create(
            line=line, defaults=values
        )
        if not made and as_of > status.as_of:
            for name, value in values.items():
                setattr(status, name, value)
            status.save()
    return status
