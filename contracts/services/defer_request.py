"""Put off the answer to a request."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.models import Request
from contracts.services.answer_request import take_into_review
from contracts.services.tell import tell_about_request
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def defer_request(*, request: Request, by: User, on: date, reason: str) -> Request:
    """Defer the answer for ``reason``, and tell the subscriber. Refused where the document knows no deferral (isp-access 9-2 does)."""
    table = application_of(pack_for(request.terms_code, on))
    if not table.may_defer:
        raise Refused(
            Refusal(
                table.article, "no_deferral", _("This document does not let the operator defer its answer.")
            )
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    with transaction.atomic():
        take_into_review(request=request, by=by, on=on)
        perform(request, "defer", by=by, on=on, reason=reason, article=table.article)
        tell_about_request(request, "request_deferred", on=on, article=table.article, reason=reason)
    return request
