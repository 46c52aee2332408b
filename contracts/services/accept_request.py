"""Say yes to a request."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from contracts.guards.application import application_of, what_forbids
from contracts.kinds import asked_by, kind_of
from contracts.models import Contract, Request
from contracts.services.answer_request import keep_order_of_arrival, request_article, take_into_review
from contracts.services.carry_out_request import carry_out_request, is_ready
from contracts.services.check_request import check_request
from contracts.services.explain_request import not_explained
from contracts.services.form_contract import form_contract
from contracts.services.review_request import application_facts
from contracts.services.tell import tell, tell_about_request
from notices.models import Notice
from workflow.errors import Refused
from workflow.models import User
from workflow.services.perform import perform


def accept_request(*, request: Request, by: User, on: date, order_reason: str = "") -> Request:
    """Accept the request on ``on`` and tell the subscriber.

    A new contract is formed now where the document says so, otherwise when it is registered at opening. What was asked
    for from a day that has come is carried out at once; what lies ahead waits for the night of that day.
    Refused where a consumer was not told the conditions before (電気通信事業法26), where the document forbids the
    contract, or where an earlier request still waits and ``order_reason`` is empty.
    """
    with transaction.atomic():
        keep_order_of_arrival(request=request, on=on, order_reason=order_reason)
        take_into_review(request=request, by=by, on=on)
        effective_on = None
        if request.kind == Request.Kind.NEW:
            assert request.contract is not None
            _check_application(request.contract, on=on)
            _check_explained(request, on=on)
            _accept_contract(request.contract, by=by, on=on)
        else:
            check_request(request)
            _check_explained(request, on=on)
            effective_on = kind_of(request.kind).effective(asked_by(request))
        article = request_article(request, on)
        perform(
            request,
            "accept",
            by=by,
            on=on,
            reason=order_reason,
            article=article,
            effective_on=effective_on,
        )
        assert request.contract is not None
        if request.kind == Request.Kind.NEW:
            _tell_acceptance(request.contract, request, on=on)
        else:
            terms = kind_of(request.kind).terms(request.contract.pack(on))
            letter = Notice.Channel.LETTER if terms and terms.answered_in_writing else None
            tell_about_request(
                request, "request_accepted", on=on, article=article, channel=letter, decided_on=on
            )
            if is_ready(request, on=on):
                carry_out_request(request=request, by=by, on=on)
    return request


def _check_application(contract: Contract, *, on: date) -> None:
    for refusal in what_forbids(contract.pack(on), application_facts(contract)):
        raise Refused(refusal)


def _check_explained(request: Request, *, on: date) -> None:
    refusal = not_explained(request, on)
    if refusal:
        raise Refused(refusal)


def _accept_contract(contract: Contract, *, by: User, on: date) -> None:
    table = application_of(contract.pack(on))
    formed_on = on if table.formed_at == "acceptance" else None
    if formed_on is not None:
        form_contract(contract=contract, on=formed_on)
    perform(
        contract,
        "accept",
        by=by,
        on=on,
        article=table.article,
        reason=_("formed at acceptance") if formed_on else _("formed when registered"),
        formed_on=formed_on,
    )


def _tell_acceptance(contract: Contract, request: Request, *, on: date) -> None:
    article = application_of(contract.pack(on)).article
    tell(
        contract,
        "contract_accepted",
        on=on,
        article=article,
        accepted_on=on,
        formed_on=contract.formed_on,
        request_number=request.number,
    )
