"""A fault from its report to its end: who looks first, who is told, who pays."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Outage, RepairTicket
from contracts.selectors import repair_queue
from contracts.services.agree_priority import agree_priority
from contracts.services.close_ticket import close_ticket
from contracts.services.confirm_own_check import confirm_own_check
from contracts.services.dispatch_repair import dispatch_repair
from contracts.services.report_fault import report_fault
from contracts.services.run_line_test import run_line_test
from notices.models import Notice
from tests import factories
from workflow.errors import Refused, WrongState

pytestmark = pytest.mark.django_db

DAY = date(2025, 8, 1)
AT = factories.at(DAY, 18)
HOUR = timedelta(hours=1)
ARTICLES = [("hikari-line", "49"), ("hikari-phone", "46"), ("isp-access", "38")]


def report(terms_code="hikari-line", *, contract=None, at=AT, **fields) -> RepairTicket:
    contract = contract or factories.contract(terms_code)
    return report_fault(contract=contract, by=factories.staff(), at=at, symptom="つながらない", **fields)


def visit(terms_code, *, clear=True, requested=True, cause="own_equipment", maintained=False) -> RepairTicket:
    by = factories.staff()
    ticket = report(terms_code, own_check="電源と配線を確認済み")
    if clear is not None:
        run_line_test(ticket=ticket, by=by, at=AT + HOUR, clear=clear)
    dispatch_repair(ticket=ticket, by=by, at=AT + 2 * HOUR, requested=requested)
    return close_ticket(
        ticket=ticket, by=by, at=AT + 3 * HOUR, cause=cause, findings="", maintained=maintained
    )


@pytest.mark.article("hikari-line", "49")
@pytest.mark.article("hikari-phone", "46")
@pytest.mark.article("isp-access", "38")
@pytest.mark.parametrize(("code", "number"), ARTICLES)
def test_nobody_is_sent_before_the_subscriber_looked_at_own_equipment(code, number):
    ticket, by = report(code), factories.staff()
    with pytest.raises(Refused) as refused:
        dispatch_repair(ticket=ticket, by=by, at=AT, requested=True)
    assert str(refused.value.refusal.article) == f"{code} {number}-1"
    with pytest.raises(ValidationError):
        confirm_own_check(ticket=ticket, by=by, at=AT, own_check=" ")
    confirm_own_check(ticket=ticket, by=by, at=AT, own_check="電源を確認")
    dispatch_repair(ticket=ticket, by=by, at=AT, requested=True)
    assert ticket.state == "dispatched"


@pytest.mark.article("hikari-line", "49")
@pytest.mark.article("hikari-phone", "46")
@pytest.mark.article("isp-access", "38")
@pytest.mark.parametrize(("code", "number"), ARTICLES)
def test_the_result_of_the_test_is_told(code, number):
    ticket, by = report(code), factories.staff()
    run_line_test(ticket=ticket, by=by, at=AT, clear=True)
    notice = Notice.objects.get(occasion="repair_test_result")
    assert notice.article == f"{code} {number}-2"
    assert "当社の設備に故障はありませんでした" in notice.body
    close_ticket(ticket=ticket, by=by, at=AT + HOUR, cause="not_found", findings="")
    with pytest.raises(WrongState):
        run_line_test(ticket=ticket, by=by, at=AT, clear=True)


@pytest.mark.article("hikari-line", "49")
@pytest.mark.article("hikari-phone", "46")
@pytest.mark.article("isp-access", "38")
@pytest.mark.parametrize(("code", "number"), ARTICLES)
def test_a_visit_costs_only_after_a_clear_test_at_request_and_for_own_equipment(code, number):
    assert visit(code).fee_article == f"{code} {number}-3"
    assert "派遣に要した費用" in Notice.objects.get(occasion="repair_closed").body
    for fields in (
        {"clear": False},
        {"clear": None},
        {"requested": False},
        {"cause": "operator"},
        {"cause": "not_found"},
    ):
        assert visit(code, **fields).fee_article == "", fields


@pytest.mark.article("isp-access", "38")
def test_own_equipment_that_the_operator_maintains_costs_nothing_under_isp_access_alone():
    assert visit("isp-access", maintained=True).fee_article == ""
    assert visit("hikari-line", maintained=True).fee_article == "hikari-line 49-3"


def test_business_network_repairs_by_its_own_standards_without_check_or_fee():
    by = factories.staff()
    ticket = report("business-network")
    dispatch_repair(ticket=ticket, by=by, at=AT, requested=True)
    assert close_ticket(ticket=ticket, by=by, at=AT, cause="own_equipment", findings="").fee_article == ""


@pytest.mark.article("hikari-line", "5")
def test_work_begins_in_the_window_of_the_maintenance_type():
    assert report(contract=_with("hikari-line", "type1-1")).begin_by == factories.at(date(2025, 8, 2), 9)
    assert report(contract=_with("hikari-line", "type1-2")).begin_by == AT
    assert report(contract=_with("isp-access", "type1-1")).begin_by is None


def _with(terms_code, maintenance) -> Contract:
    return factories.contract(terms_code, product=factories.product(terms_code, maintenance=maintenance))


@pytest.mark.article("hikari-line", "50")
def test_repairs_go_by_rank_and_then_by_arrival_and_a_rank_is_one_agreed_beforehand():
    first, second, third = (
        report(at=AT + number * HOUR, contract=factories.contract("hikari-line")) for number in range(3)
    )
    assert list(repair_queue()) == [first, second, third]
    for ticket, body in ((third, "fire"), (second, "banks")):
        agree_priority(
            line=ticket.contract.line, by=factories.staff(), on=DAY, body=body, reason="協議書 第1号"
        )
    assert list(repair_queue()) == [third, second, first]
    close_ticket(ticket=third, by=factories.staff(), at=AT + 5 * HOUR, cause="operator", findings="")
    assert list(repair_queue()) == [second, first]


@pytest.mark.article("hikari-phone", "47")
@pytest.mark.article("isp-access", "37")
@pytest.mark.parametrize("code", ["hikari-phone", "isp-access"])
def test_where_the_order_stands_elsewhere_agreed_priority_lines_go_first(code):
    first, second = report(code), report(code, at=AT + HOUR)
    agree_priority(
        line=second.contract.line, by=factories.staff(), on=DAY, body="fire", reason="協議書 第2号"
    )
    assert list(repair_queue()) == [second, first]


def test_a_ticket_opens_and_ends_the_outage_with_its_cause():
    ticket = report(down=AT - HOUR)
    outage = Outage.objects.get()
    assert (outage.down, outage.known, ticket.outage) == (AT - HOUR, AT, outage)
    assert report(contract=ticket.contract, down=AT - HOUR).outage == outage
    close_ticket(
        ticket=ticket, by=factories.staff(), at=AT + 30 * HOUR, cause="own_equipment", findings="宅内機器"
    )
    outage.refresh_from_db()
    assert (outage.restored, outage.cause) == (AT + 30 * HOUR, "customer")


def test_a_contract_without_a_line_in_use_has_no_faults():
    with pytest.raises(ValidationError):
        report(contract=factories.contract("hikari-line", state=Contract.State.ENDED))


def test_an_eighth_document_wants_no_check_and_has_windows_of_its_own(eighth):
    ticket, by = report(contract=_with(eighth, "type2")), factories.staff()
    assert ticket.begin_by == factories.at(date(2025, 8, 2), 10)
    run_line_test(ticket=ticket, by=by, at=AT, clear=True)
    dispatch_repair(ticket=ticket, by=by, at=AT, requested=True)
    close_ticket(ticket=ticket, by=by, at=AT + HOUR, cause="own_equipment", findings="")
    assert ticket.fee_article == "eighth 5-2"
