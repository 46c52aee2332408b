"""A consumer is told the conditions before a contract is made, or changed at their cost (電気通信事業法26)."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from billing.services.give_explanation import give_explanation
from contracts.models import Contract, Explanation, Request
from contracts.services.accept_request import accept_request
from contracts.services.explain_request import explain_request
from contracts.services.receive_request import receive_request
from contracts.services.record_consents import record_consents
from tests import factories
from tests.billing import things
from tests.contracts.kinds.asking import ask
from workflow.errors import Refused

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
LAW = "statute 電気通信事業法26"


@pytest.fixture(autouse=True)
def _published():
    factories.publish_all()
    factories.serve("isp-access", "hikari-line")


def application(code: str = "isp-access", kind: str = "person", **fields: Any) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind=kind),
        terms_code=code,
        form=factories.asked_form(code),
        details=factories.new_details(fields.pop("item", None) or factories.product(code)),
    )


def accept(request: Request, day: date = DAY) -> Request:
    return accept_request(request=request, by=factories.staff(), on=day)


def explain(request: Request, method: str = "paper", day: date = DAY, **fields: Any) -> Explanation:
    return explain_request(
        request=request, by=factories.staff(), at=factories.at(day), method=method, **fields
    )


def refused(call: Any, *arguments: Any) -> tuple[str, str]:
    with pytest.raises(Refused) as found:
        call(*arguments)
    return str(found.value.refusal.article), found.value.refusal.code


@pytest.mark.article("statute", "電気通信事業法26")
def test_a_consumers_application_is_not_accepted_before_the_conditions_were_explained():
    request = application()
    assert refused(accept, request) == (LAW, "not_explained")
    request.refresh_from_db()
    assert request.state == Request.State.RECEIVED
    explain(request)
    assert accept(request).contract.state == Contract.State.ACCEPTED


@pytest.mark.article("statute", "電気通信事業法26")
def test_to_a_corporation_nothing_need_be_explained():
    request = application(kind="corporation")
    with pytest.raises(ValidationError, match="説明は要りません|no explanation"):
        explain(request)
    assert accept(request).state == Request.State.ACCEPTED


@pytest.mark.article("statute", "電気通信事業法26")
@pytest.mark.parametrize(("action", "owed"), [("add", True), ("drop", False)])
def test_an_option_is_explained_before_it_is_added_not_before_it_is_given_up(action, owed):
    contract = factories.contract(subscriber=factories.subscriber(), start=date(2025, 4, 1))
    item = factories.option(contract).product if action == "drop" else factories.product(kind="option")
    request = ask(contract, "option", product=item.code, action=action, on=DAY)
    if owed:
        assert refused(accept, request) == (LAW, "not_explained")
        explain(request)
    assert accept(request).state == Request.State.CARRIED_OUT


@pytest.mark.article("statute", "電気通信事業法26")
def test_by_voice_alone_only_with_the_recorded_consent():
    request = application()
    assert refused(explain, request, "voice") == (LAW, "paper_wanted")
    (consent,) = record_consents(
        by=factories.staff(),
        at=factories.at(DAY),
        form="phone",
        contract=request.contract,
        codes=["explanation_without_paper"],
    )
    assert explain(request, "voice").consent == consent
    assert accept(request).state == Request.State.ACCEPTED


@pytest.mark.article("statute", "電気通信事業法26")
def test_what_was_explained_of_another_version_does_not_count(packs):
    request = application()
    explain(request)
    packs("isp-access", date(2025, 8, 15))
    factories.publish_all()
    assert refused(accept, request, date(2025, 8, 20)) == (LAW, "explained_otherwise")
    explain(request, day=date(2025, 8, 20))
    assert accept(request, date(2025, 8, 20)).state == Request.State.ACCEPTED


def test_the_version_and_the_prices_of_the_day_are_kept_for_good():
    things.standing()
    product = factories.product()
    things.tariff(product, 4800)
    request = application(item=product)
    found = give_explanation(request=request, by=factories.staff(), at=factories.at(DAY), method="electronic")
    assert (found.terms_code, found.effective) == ("isp-access", date(2022, 7, 1))
    assert 4800 in [amount for _name, amount in found.prices]
    with pytest.raises(Exception, match="append_only"), transaction.atomic():
        Explanation.objects.update(method="paper")
    with pytest.raises(IntegrityError), transaction.atomic():
        Explanation.objects.create(
            request=request,
            method="voice",
            terms_code="isp-access",
            effective=date(2022, 7, 1),
            given_by="x",
            given_at=factories.at(DAY),
            recorded_by=factories.staff(),
        )


def test_after_the_answer_it_is_too_late_to_explain():
    request = application()
    explain(request)
    accept(request)
    with pytest.raises(ValidationError, match="回答済み|answered already"):
        explain(request)
