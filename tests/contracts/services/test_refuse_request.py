"""Saying no: on a ground of the document, with the reason notified, in order of arrival."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.guards.application import refusal_ground
from contracts.models import Contract, Request
from contracts.services.defer_request import defer_request
from contracts.services.receive_request import receive_request
from contracts.services.refuse_request import refuse_request
from contracts.services.review_request import review_request
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from terms.registry import pack_for, registry
from tests import factories
from tests.contracts.kinds.asking import ask
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def apply(terms_code: str = "isp-access", *, hour: int = 10, **details: Any) -> Any:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY, hour),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind="corporation"),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(factories.product(terms_code), **details),
    )


def refuse(request: Request, ground: str, reason: str = "光ファイバーの空きがないため", **fields: Any) -> Any:
    return refuse_request(
        request=request, by=factories.staff(), on=DAY, ground=ground, reason=reason, **fields
    )


@pytest.mark.article("isp-access", "9")
@pytest.mark.article("isp-access", "41")
@pytest.mark.article("hikari-line", "13")
@pytest.mark.article("hikari-line", "53")
@pytest.mark.article("hikari-phone", "9")
@pytest.mark.article("hikari-phone", "51")
@pytest.mark.parametrize(
    ("terms_code", "ground_article", "told_on"),
    [
        ("isp-access", "isp-access 9-3(1)", "isp-access 41"),
        ("hikari-line", "hikari-line 13-4(2)", "hikari-line 53"),
        ("hikari-phone", "hikari-phone 9-2(2)", "hikari-phone 51"),
    ],
)
def test_a_refusal_names_its_ground_and_the_reason_is_notified(terms_code, ground_article, told_on):
    request = refuse(apply(terms_code), "technical")
    assert (request.state, request.contract.state) == (Request.State.REFUSED, Contract.State.REFUSED)
    assert (request.ground, request.article) == ("technical", ground_article)
    notice = Notice.objects.get(occasion="request_refused")
    assert (notice.article, notice.facts["reason"]) == (told_on, "光ファイバーの空きがないため")


def test_a_ground_that_the_document_does_not_list_is_no_ground():
    request = apply()
    with pytest.raises(ValidationError, match="unsuitable") as error:
        refuse(request, "unsuitable")
    assert "technical" in str(error.value)
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED


def test_a_refusal_needs_its_reason():
    with pytest.raises(ValidationError) as error:
        refuse(apply(), "technical", reason=" ")
    assert "reason" in error.value.message_dict


def test_a_document_without_grounds_lets_the_operator_refuse_without_naming_one():
    request = refuse(apply("business-network"), "", reason="提供の見込みが立たないため")
    assert (request.state, request.article) == (Request.State.REFUSED, "business-network 3")


def test_refusing_out_of_order_needs_a_reason_too():
    apply(hour=9)
    later = apply(hour=11)
    with pytest.raises(Refused) as refused:
        refuse(later, "technical")
    assert refused.value.refusal.code == "out_of_order"
    assert refuse(later, "technical", order_reason="明らかな対象外のため").state == Request.State.REFUSED


@pytest.mark.article("isp-access", "9")
def test_isp_access_may_defer_its_answer():
    request = apply()
    defer_request(request=request, by=factories.staff(), on=DAY, reason="設備の余裕を確認中")
    assert request.state == Request.State.DEFERRED
    assert Notice.objects.get(occasion="request_deferred").facts["reason"] == "設備の余裕を確認中"


def test_a_deferred_application_lets_later_ones_pass():
    first, second = apply(hour=9), apply(hour=11)
    defer_request(request=first, by=factories.staff(), on=DAY, reason="設備の余裕を確認中")
    assert refuse(second, "technical").state == Request.State.REFUSED


def test_a_document_that_knows_no_deferral_refuses_one():
    request = apply("hikari-line")
    with pytest.raises(Refused) as refused:
        defer_request(request=request, by=factories.staff(), on=DAY, reason="確認中")
    assert str(refused.value.refusal.article) == "hikari-line 13"


@pytest.mark.article("isp-access", "49")
def test_a_review_says_what_the_document_has_against_the_application():
    factories.serve("isp-access", prefectures=["大阪府"])
    request = apply()
    found = review_request(request=request, by=factories.staff(), on=DAY, arrears=5500)
    assert [(refusal.code, str(refusal.article)) for refusal in found] == [
        ("out_of_area", "isp-access 49"),
        ("unpaid_or_likely", "isp-access 9-3(2)"),
    ]
    assert "5,500" in found[1].reason
    assert request.state == Request.State.IN_REVIEW


@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone", "business-network"])
def test_whatever_a_review_finds_can_be_refused_on(terms_code):
    item = factories.product(terms_code, beside_terms="hikari-line")
    request = receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(item),
    )
    for refusal in review_request(request=request, by=factories.staff(), on=DAY):
        assert refusal_ground(pack_for(terms_code, DAY), refusal.code) is not None


def test_an_application_taken_back_takes_its_contract_with_it():
    request = apply()
    withdraw_request(request=request, by=factories.staff(), on=DAY, reason="都合により")
    assert (request.state, Contract.objects.get().state) == (
        Request.State.WITHDRAWN,
        Contract.State.WITHDRAWN,
    )


LIMITS = [
    pytest.param(code, ground.code, str(ground.article), id=f"{code} {ground.code}",
                 marks=pytest.mark.article(code, ground.article.head))
    for code in ("hikari-line", "hikari-phone", "isp-access")
    for ground in registry().latest(code).request_limits
]  # fmt: skip


@pytest.mark.parametrize(("terms_code", "ground", "article"), LIMITS)
def test_a_request_about_a_running_contract_is_declined_on_each_limit_and_the_reason_notified(
    terms_code, ground, article
):
    contract = factories.contract(terms_code)
    request = ask(contract, Request.Kind.PAUSE, on=DAY)
    refuse(request, ground)
    assert (request.state, request.article) == (Request.State.REFUSED, article)
    notice = Notice.objects.get(occasion="request_refused")
    assert (notice.recipient, notice.facts["reason"]) == (contract.subscriber, "光ファイバーの空きがないため")
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE
