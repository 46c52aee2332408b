"""Given up between acceptance and opening."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Ending, Request, Work
from contracts.services.accept_request import accept_request
from contracts.services.cancel_contract import cancel_contract
from contracts.services.declare_ending import declare_ending
from contracts.services.plan_work import plan_work
from contracts.services.receive_request import receive_request
from contracts.services.start_work import start_work
from contracts.services.withdraw_request import withdraw_request
from notices.models import Notice
from tests import factories

pytestmark = pytest.mark.django_db

DAY, LATER = date(2025, 8, 1), date(2025, 8, 5)


def accepted(terms_code: str = "isp-access") -> Any:
    factories.publish_all()
    factories.serve(terms_code)
    request = receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind="corporation"),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(factories.product(terms_code)),
    )
    return accept_request(request=request, by=factories.staff(), on=DAY).contract


def cancel_by_request(contract: Contract) -> Request:
    return receive_request(
        by=factories.staff(),
        at=factories.at(LATER),
        kind=Request.Kind.CANCELLATION,
        subscriber=contract.subscriber,
        terms_code=contract.terms_code,
        form="web",
        details={"reason": "転居の取りやめ"},
        contract=contract,
    )


def test_what_was_to_end_with_the_contract_beside_it_can_be_cancelled_before():
    beside = factories.contract("hikari-line", start=DAY)
    contract = accepted("hikari-phone")
    Contract.objects.filter(pk=contract.pk).update(parent=beside)
    declare_ending(
        contract=beside,
        by=factories.staff(),
        on=DAY,
        ended_by=Ending.By.SUBSCRIBER,
        reason="転居のため",
        ends_on=date(2025, 8, 31),
    )
    following = contract.endings.get()

    cancel_by_request(contract)

    contract.refresh_from_db()
    following.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.CANCELLED, LATER)
    assert following.withdrawn_on == LATER


@pytest.mark.parametrize("terms_code", ["isp-access", "hikari-line", "hikari-phone", "business-network"])
def test_a_cancellation_takes_effect_on_its_own(terms_code):
    contract = accepted(terms_code)
    request = cancel_by_request(contract)
    contract.refresh_from_db()
    assert (request.state, contract.state) == (Request.State.CARRIED_OUT, Contract.State.CANCELLED)
    assert contract.ends_on == LATER
    ending = Ending.objects.get()
    assert (ending.by, ending.ends_on, ending.reason) == (Ending.By.SUBSCRIBER, LATER, "転居の取りやめ")
    assert Notice.objects.filter(occasion="ending_confirmed").exists()
    assert Request.objects.get(kind=Request.Kind.NEW).state == Request.State.WITHDRAWN


def test_a_line_is_free_after_a_cancellation():
    contract = accepted()
    cancel_by_request(contract)
    contract.refresh_from_db()
    assert (contract.live.lower, contract.live.upper) == (DAY, date(2025, 8, 6))
    assert factories.contract(line=contract.line, start=date(2025, 8, 6)).is_live


@pytest.mark.article("hikari-line", "41")
@pytest.mark.article("isp-access", "31")
def test_works_are_given_up_with_the_contract_and_what_was_started_keeps_its_cost():
    contract = accepted()
    works = [
        plan_work(
            contract=contract,
            by=factories.staff(),
            kind=Work.Kind.OPENING,
            planned_at=factories.at(LATER),
            items=[],
            on=DAY,
        )
        for _ in range(2)
    ]
    start_work(work=works[1], by=factories.staff(), at=factories.at(LATER, 9))
    cancel_contract(
        contract=contract, by=factories.staff(), on=LATER, reason="都合により", costs={works[1].pk: 4000}
    )
    states = dict(contract.works.values_list("pk", "cost_so_far"))
    assert states == {works[0].pk: 0, works[1].pk: 4000}
    assert not contract.works.exclude(state=Work.State.CANCELLED).exists()


def test_withdrawing_an_accepted_application_cancels_its_contract():
    contract = accepted()
    request = contract.requests.get()
    withdraw_request(request=request, by=factories.staff(), on=LATER)
    contract.refresh_from_db()
    assert (request.state, contract.state) == (Request.State.WITHDRAWN, Contract.State.CANCELLED)


def test_a_contract_in_service_is_ended_and_not_cancelled():
    with pytest.raises(ValidationError):
        cancel_contract(contract=factories.contract(), by=factories.staff(), on=LATER)
    assert not Ending.objects.exists()
