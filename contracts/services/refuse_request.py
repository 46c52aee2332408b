"""Say no to a request, on a ground of the document."""

from datetime import date

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of
from contracts.guards.request import grounds_of
from contracts.kinds import kind_of
from contracts.models import Request
from contracts.services.answer_request import keep_order_of_arrival, take_into_review
from contracts.services.tell import tell_about_request
from terms.registry import pack_for
from workflow.models import User
from workflow.services.perform import perform


def refuse_request(
    *, request: Request, by: User, on: date, ground: str, reason: str, order_reason: str = ""
) -> Request:
    """Refuse the request on ``ground``, one of the document's, and tell the subscriber.

    The notice states the reason, on the article that asks for it where there is one (such as hikari-line 53). Under a
    document that lists no grounds ``ground`` is empty. ValidationError for a ground that the document does not have or a reason
    left out; Refused where an earlier request still waits and ``order_reason`` is empty.
    """
    pack = pack_for(request.terms_code, on)
    table = application_of(pack)
    grounds = grounds_of(pack, kind_of(request.kind).terms(pack))
    found = next((each for each in grounds if each.code == ground), None)
    if found is None and (ground or table.refusal_grounds):
        known = ", ".join(each.code for each in grounds)
        raise ValidationError(
            {
                "ground": _("“%(ground)s” is no ground of refusal here; there are: %(known)s.")
                % {"ground": ground, "known": known}
            }
        )
    if not reason.strip():
        raise ValidationError({"reason": _("Give the reason.")})
    article = found.article if found else table.article
    with transaction.atomic():
        keep_order_of_arrival(request=request, on=on, order_reason=order_reason)
        take_into_review(request=request, by=by, on=on)
        perform(request, "refuse", by=by, on=on, reason=reason, article=article, ground=ground)
        kind_of(request.kind).follow(request, by, on)
        contract = request.contract
        assert contract is not None
        if request.kind == Request.Kind.NEW:
            perform(contract, "refuse", by=by, on=on, reason=reason, article=article)
        tell_about_request(
            request,
            "request_refused",
            on=on,
            article=table.refusal_reason_article or article,
            decided_on=on,
            reason=reason,
        )
    return request
