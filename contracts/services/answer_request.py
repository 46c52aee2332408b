"""Shared steps of answering a request."""

from datetime import date

from django.utils.translation import gettext as _

from contracts.kinds import asked_by, kind_of
from contracts.models import Request
from contracts.services.carry_out_request import carry_out_request
from terms.article import ArticleRef
from terms.refusal import Refusal
from terms.registry import pack_for
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def answer_one_sided(*, request: Request, by: User, on: date) -> None:
    """Take a declaration that needs no answer through its states and carry it out on ``on``."""
    perform(request, "review", by=by, on=on)
    effective_on = kind_of(request.kind).effective(asked_by(request))
    perform(request, "accept", by=by, on=on, reason=_("Takes effect on its own."), effective_on=effective_on)
    carry_out_request(request=request, by=by, on=on)


def take_into_review(*, request: Request, by: User, on: date) -> None:
    """Move a request that is received or deferred into review; one in review stays there."""
    request.refresh_from_db(fields=["state"])
    if request.state != Request.State.IN_REVIEW:
        perform(request, "review", by=by, on=on)


def keep_order_of_arrival(*, request: Request, on: date, order_reason: str) -> None:
    """Refused where an earlier request under the same document still waits for its answer and no reason is given.

    With a reason the order may be left (such as hikari-line 13-1); the reason is kept on the request.
    """
    waiting = (
        Request.objects.filter(
            terms_code=request.terms_code,
            state__in=[Request.State.RECEIVED, Request.State.IN_REVIEW],
            received_at__lte=request.received_at,
        )
        .exclude(pk=request.pk)
        .order_by("received_at", "id")
    )
    earlier = next(
        (other for other in waiting[:2] if (other.received_at, other.pk) < (request.received_at, request.pk)),
        None,
    )
    if earlier is None:
        return
    if not order_reason.strip():
        raise Refused(
            Refusal(
                request_article(request, on),
                "out_of_order",
                _("%(earlier)s arrived earlier and has no answer yet; give the reason for leaving the order.")
                % {"earlier": earlier.number},
            )
        )
    Request.objects.filter(pk=request.pk).update(order_reason=order_reason.strip())


def request_article(request: Request, on: date) -> ArticleRef:
    """The article on which the answer rests: that on applications, or where the request is not answered as one, its own."""
    pack = pack_for(request.terms_code, on)
    terms = kind_of(request.kind).terms(pack)
    if terms is not None and not terms.like_application:
        return terms.article
    assert pack.application is not None
    return pack.application.article
