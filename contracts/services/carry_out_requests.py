"""Carry out the accepted requests whose day has come."""

import logging
from dataclasses import dataclass
from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction

from contracts.models import Request
from contracts.services.carry_out_request import carry_out_request, is_ready
from workflow.errors import Refused, WrongState
from workflow.selectors import clock_user

logger = logging.getLogger(__name__)


@dataclass
class RequestCounts:
    """Requests ``carried_out``, and those that ``failed`` because the contract is no longer in a state for them."""

    carried_out: int = 0
    failed: int = 0


def carry_out_requests(*, on: date) -> RequestCounts:
    """Carry out every accepted request whose day has come and whose works are done.

    Safe to run twice; one bad request never stops the others."""
    counts = RequestCounts()
    due = Request.objects.filter(state=Request.State.ACCEPTED, effective_on__lte=on).exclude(
        kind=Request.Kind.NEW
    )
    for request in due.select_related("contract").order_by("pk"):
        if not is_ready(request, on=on):
            continue
        try:
            with transaction.atomic():
                carry_out_request(request=request, by=clock_user(), on=on)
            counts.carried_out += 1
        except (Refused, WrongState, ValidationError) as problem:
            counts.failed += 1
            logger.warning("request %s could not be carried out: %s", request.number, problem)
    return counts
