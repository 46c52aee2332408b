"""From works to opening: the service starts, the contract is registered, and the subscriber is told the day."""

from datetime import date
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Agreement, Contract, Product, Request, Work
from contracts.services.accept_request import accept_request
from contracts.services.cancel_work import cancel_work
from contracts.services.finish_work import finish_work
from contracts.services.open_contract import open_contract
from contracts.services.plan_work import plan_work
from contracts.services.receive_request import receive_request
from contracts.services.start_work import start_work
from notices.models import Notice
from tests import factories
from workflow.errors import WrongState

pytestmark = pytest.mark.django_db

DAY, OPENING = date(2025, 8, 1), date(2025, 8, 20)


def accepted(terms_code: str, **details: Any) -> Any:
    factories.publish_all()
    factories.serve(terms_code)
    item = factories.product(terms_code, term_months=24)
    request = receive_request(
        by=factories.staff(),
        at=factories.at(DAY),
        kind=Request.Kind.NEW,
        subscriber=factories.subscriber(kind="corporation"),
        terms_code=terms_code,
        form=factories.asked_form(terms_code),
        details=factories.new_details(item, **details),
    )
    return accept_request(request=request, by=factories.staff(), on=DAY).contract


def plan(contract: Contract, **fields: Any) -> Work:
    values: dict[str, Any] = {
        "kind": Work.Kind.OPENING,
        "planned_at": factories.at(OPENING),
        "items": ["initial-detached-no-dispatch"],
        "on": DAY,
    }
    return plan_work(contract=contract, by=factories.staff(), **(values | fields))


def do(work: Work) -> None:
    start_work(work=work, by=factories.staff(), at=factories.at(OPENING, 10))
    finish_work(work=work, by=factories.staff(), at=factories.at(OPENING, 11))


@pytest.mark.article("hikari-phone", "7")
def test_a_phone_contract_is_formed_when_it_is_registered_and_the_start_day_is_notified():
    contract = accepted("hikari-phone")
    do(plan(contract))
    open_contract(contract=contract, by=factories.staff(), on=OPENING)
    assert (contract.state, contract.formed_on, contract.service_start) == (
        Contract.State.ACTIVE,
        OPENING,
        OPENING,
    )
    assert Agreement.objects.get(contract=contract).since == OPENING
    notice = Notice.objects.get(occasion="contract_opened")
    assert (notice.facts["formed_on"], notice.facts["service_start"]) == (
        OPENING.isoformat(),
        OPENING.isoformat(),
    )
    assert Request.objects.get().state == Request.State.CARRIED_OUT


@pytest.mark.article("hikari-line", "13")
def test_opening_leaves_the_day_of_formation_at_acceptance():
    contract = accepted("hikari-line")
    open_contract(contract=contract, by=factories.staff(), on=OPENING)
    assert (contract.formed_on, contract.service_start) == (DAY, OPENING)
    assert Agreement.objects.get(contract=contract).since == DAY


@pytest.mark.article("isp-access", "6")
def test_the_base_term_runs_from_the_start_of_the_service():
    contract = accepted("isp-access")
    open_contract(contract=contract, by=factories.staff(), on=OPENING)
    assert (contract.term_start, contract.term_months) == (OPENING, 24)
    assert Notice.objects.get(occasion="contract_opened").facts["term_through"] == "2027-08-19"


@pytest.mark.article("isp-access", "18")
@pytest.mark.article("isp-access", "19")
def test_options_of_the_application_start_with_the_service():
    option = factories.product("isp-access", kind=Product.Kind.OPTION)
    router = factories.product("isp-access", kind=Product.Kind.EQUIPMENT)
    contract = accepted("isp-access", options=[option.code, router.code])
    assert not contract.options.exists()
    open_contract(contract=contract, by=factories.staff(), on=OPENING)
    assert {(each.product, each.starts_on) for each in contract.options.all()} == {
        (option, OPENING),
        (router, OPENING),
    }


def test_a_contract_does_not_open_before_its_work_is_done():
    contract = accepted("isp-access")
    work = plan(contract)
    with pytest.raises(ValidationError, match="2025年8月20日"):
        open_contract(contract=contract, by=factories.staff(), on=OPENING)
    cancel_work(work=work, by=factories.staff(), at=factories.at(OPENING, 9))
    assert open_contract(contract=contract, by=factories.staff(), on=OPENING).state == Contract.State.ACTIVE


def test_a_contract_opens_once():
    contract = accepted("isp-access")
    open_contract(contract=contract, by=factories.staff(), on=OPENING)
    with pytest.raises(WrongState):
        open_contract(contract=contract, by=factories.staff(), on=OPENING)


def test_a_work_is_told_when_it_is_planned():
    work = plan(accepted("hikari-line"), appointed=True)
    notice = Notice.objects.get(occasion="works_appointed")
    assert notice.facts["planned_at"] == factories.at(OPENING).isoformat()
    assert notice.facts["appointed"] is True
    assert work.state == Work.State.PLANNED


def test_who_was_told_of_a_work_is_told_that_it_is_cancelled():
    work = plan(accepted("hikari-line"))
    cancel_work(work=work, by=factories.staff(), at=factories.at(OPENING, 9), reason="ご都合による")
    notice = Notice.objects.get(occasion="works_cancelled")
    assert notice.facts["planned_at"] == factories.at(OPENING).isoformat()
    assert "ご都合による" in notice.body


def test_nothing_is_built_for_a_contract_that_was_not_accepted():
    with pytest.raises(ValidationError):
        plan(factories.contract(state=Contract.State.APPLIED))


@pytest.mark.article("isp-access", "31")
@pytest.mark.article("hikari-line", "41")
def test_a_work_cancelled_before_its_start_has_cost_nothing():
    work = plan(accepted("isp-access"))
    with pytest.raises(ValidationError) as error:
        cancel_work(work=work, by=factories.staff(), at=factories.at(OPENING), cost_so_far=3000)
    assert "cost_so_far" in error.value.message_dict
    start_work(work=work, by=factories.staff(), at=factories.at(OPENING))
    cancel_work(work=work, by=factories.staff(), at=factories.at(OPENING, 11), cost_so_far=3000)
    assert (work.state, work.cost_so_far) == (Work.State.CANCELLED, 3000)


def test_a_service_does_not_start_before_its_contract_was_formed():
    contract = accepted("isp-access")
    with pytest.raises(ValidationError, match="2025-08-01"):
        open_contract(contract=contract, by=factories.staff(), on=date(2025, 7, 31))


def test_a_work_is_not_done_before_it_started():
    work = plan(accepted("isp-access"))
    start_work(work=work, by=factories.staff(), at=factories.at(OPENING, 10))
    with pytest.raises(ValidationError):
        finish_work(work=work, by=factories.staff(), at=factories.at(OPENING, 9))
    assert work.state == Work.State.STARTED
