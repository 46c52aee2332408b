"""Requests are received in order of arrival, in the form of the document, and make the contract applied for."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Line, Request
from contracts.services.receive_request import receive_request
from notices.models import Notice
from tests import factories
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def receive(terms_code: str = "isp-access", **fields: Any) -> Any:
    item = fields.pop("item", None) or factories.product(terms_code)
    values: dict[str, Any] = {
        "by": factories.staff(),
        "at": factories.at(DAY),
        "kind": Request.Kind.NEW,
        "subscriber": factories.subscriber(kind="corporation"),
        "terms_code": terms_code,
        "form": factories.asked_form(terms_code),
        "details": factories.new_details(item),
    }
    return receive_request(**(values | fields))


@pytest.mark.article("isp-access", "8")
@pytest.mark.article("hikari-line", "12")
@pytest.mark.article("hikari-phone", "7")
@pytest.mark.article("business-network", "3")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone", "business-network"])
def test_an_application_makes_a_line_and_a_contract_applied_for(terms_code):
    request = receive(terms_code)
    contract = request.contract
    assert (request.state, contract.state) == (Request.State.RECEIVED, Contract.State.APPLIED)
    assert contract.line.prefecture == "東京都"
    assert contract.formed_on is None
    assert contract.live is None
    assert request.received_at == factories.at(DAY)
    notice = Notice.objects.get(occasion="request_received")
    assert notice.facts["request_number"] == request.number


@pytest.mark.article("hikari-line", "12")
@pytest.mark.article("isp-access", "8")
@pytest.mark.parametrize(("terms_code", "article"), [("hikari-line", "12"), ("isp-access", "8")])
def test_an_application_on_the_web_is_refused_where_the_document_asks_for_writing(terms_code, article):
    with pytest.raises(Refused) as refused:
        receive(terms_code, form=Request.Form.WEB)
    assert str(refused.value.refusal.article) == f"{terms_code} {article}"
    assert not Request.objects.exists()
    assert not Contract.objects.exists()
    assert not Line.objects.exists()


def test_wrong_details_are_named_each_and_nothing_is_kept():
    item = factories.product()
    details = factories.new_details(item, prefecture="東京", postal_code="123", colour="red", cycle_day=32)
    del details["town"]
    with pytest.raises(ValidationError) as error:
        receive(item=item, details=details)
    assert set(error.value.message_dict) == {"prefecture", "postal_code", "colour", "town", "cycle_day"}
    assert not Request.objects.exists()
    assert not Line.objects.exists()


@pytest.mark.article("hikari-line", "4")
@pytest.mark.article("hikari-phone", "11")
@pytest.mark.article("isp-access", "4")
@pytest.mark.article("business-network", "5")
@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone", "business-network"])
def test_only_what_stands_in_the_tables_of_the_document_and_is_offered_is_applied_for(terms_code):
    other = "hikari-line" if terms_code == "isp-access" else "isp-access"
    wrong = [factories.product(other), factories.product(terms_code, offered=False)]
    wrong.append(factories.product(terms_code, kind="option"))
    for item in wrong:
        with pytest.raises(ValidationError) as error:
            receive(terms_code, item=item)
        assert list(error.value.message_dict) == ["product"]
    assert not Contract.objects.exists()
    assert receive(terms_code, item=factories.product(terms_code)).contract.product.terms_code == terms_code
