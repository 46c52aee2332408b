"""What is checked of a request before it is received, and before it is answered."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.kinds.kind import Asked
from contracts.models import Request
from contracts.services.check_request import check_asked, check_request
from contracts.services.receive_evidence import receive_evidence
from tests import factories
from tests.contracts.kinds.asking import ask
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)


def check(terms_code: str, kind: str, form: str, **details: Any) -> None:
    contract = factories.contract(terms_code)
    asked = Asked(
        pack=contract.pack(DAY), subscriber=contract.subscriber, contract=contract, details=details, on=DAY
    )
    check_asked(kind, asked, form=form)


def refused(*asked: str, **details: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as error:
        check(*asked, **details)
    return error.value.refusal.code, str(error.value.refusal.article)


def test_a_document_that_knows_no_such_request_refuses_it():
    assert refused("isp-access", Request.Kind.PROVIDER_CHANGE, "written")[0] == "no_such_request"


@pytest.mark.article("hikari-line", "22")
def test_a_request_comes_in_the_form_of_the_document():
    other = factories.subscriber().number
    check("hikari-line", Request.Kind.TRANSFER, "written", transferee=other)
    assert refused("hikari-line", Request.Kind.TRANSFER, "web", transferee=other) == (
        "wrong_form", "hikari-line 22",
    )  # fmt: skip


@pytest.mark.article("hikari-line", "別記5")
def test_the_form_may_depend_on_what_is_asked_for():
    certified = {"equipment": "ルーター", "certification": "T-12-3456"}
    check("hikari-line", Request.Kind.OWN_EQUIPMENT, "web", **certified)
    assert refused("hikari-line", Request.Kind.OWN_EQUIPMENT, "web", equipment="ルーター")[0] == "wrong_form"


def test_a_detail_that_is_wrong_is_named():
    with pytest.raises(ValidationError) as error:
        check("hikari-line", Request.Kind.OWN_FACILITY, "written", equipment="構内交換機")
    assert list(error.value.message_dict) == ["place"]


@pytest.mark.article("hikari-line", "22")
def test_an_answer_waits_for_the_papers():
    contract = factories.contract("hikari-line")
    request = ask(contract, Request.Kind.TRANSFER, day=DAY, transferee=factories.subscriber().number)
    with pytest.raises(Refused) as error:
        check_request(request)
    assert error.value.refusal.code == "no_evidence"
    receive_evidence(request=request, by=factories.staff(), on=DAY, code="proof")
    check_request(request)
