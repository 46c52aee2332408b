"""How much the operator owes at most for an outage that is its fault, from what the contract was really charged."""

from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from billing.models import Charge
from billing.outage_liability import all_limits, liabilities
from contracts.models import Contract, Outage, PartnerFault, ProductChange
from contracts.services.record_outage import record_outage
from contracts.services.record_partner_fault import record_partner_damages, record_partner_fault
from tests import factories
from tests.billing import things

MAY, JUNE = date(2025, 5, 1), date(2025, 6, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def outage(of: Contract, hours: int = 49, day: date = date(2025, 6, 10), **fields: Any) -> Outage:
    down: datetime = factories.at(day, 10)
    assert of.line is not None
    values = {"operator_fault": True, "known": down, "restored": down + timedelta(hours=hours)} | fields
    return record_outage(line=of.line, by=factories.staff(), down=down, **values)


def called(of: Contract, month: date, amount: int) -> None:
    end = date(month.year, month.month + 1, 1)
    Charge.objects.create(
        account=things.account(of), contract=of, kind=Charge.Kind.USE, source="usage", name="通信料", unit_price=amount,
        period=(month, end), amount=amount, article="hikari-phone 38",
    )  # fmt: skip


@pytest.mark.article("isp-access", "39")
def test_isp_access_counts_the_fee_of_each_full_24_hours_since_the_operator_knew():
    contract = things.contract("isp-access", 6000)
    things.bill(JUNE)
    found = liabilities(outage(contract))
    assert [(row.contract, str(row.article)) for row in found] == [(contract, "isp-access 39")]
    limit = found[0].limit
    assert limit is not None
    assert (limit.days, limit.amount) == (2, 400)
    short = liabilities(outage(contract, 23, date(2025, 6, 20)))[0].limit
    assert short is not None
    assert (short.days, short.amount) == (0, 0)


@pytest.mark.article("hikari-phone", "48")
def test_hikari_phone_adds_the_daily_average_of_the_calls_of_the_months_before():
    contract = things.contract("hikari-phone", 3000)  # since 1 April 2025: 61 days of calls are known
    things.bill(JUNE)
    for month, amount in ((date(2025, 4, 1), 610), (MAY, 610), (JUNE, 9999)):
        called(contract, month, amount)
    limit = liabilities(outage(contract))[0].limit
    assert limit is not None
    assert limit.amount == 2 * (100 + 20)


@pytest.mark.article("business-network", "19")
def test_business_network_counts_a_thirtieth_of_the_tariff_month_before():
    contract = things.contract("business-network", 9000)
    things.bill(MAY)
    limit = liabilities(outage(contract))[0].limit
    assert limit is not None
    assert (limit.days, limit.amount) == (2, 600)


@pytest.mark.article("hikari-line", "51")
def test_hikari_line_has_damages_from_24_hours_on_within_other_terms_and_no_limit_to_gross_negligence():
    contract = things.contract("hikari-line")
    found = liabilities(outage(contract))[0]
    assert (found.elsewhere, str(found.article), found.waits) == (True, "hikari-line 51", False)
    assert found.limit is not None
    assert found.limit.days == 2
    short = liabilities(outage(contract, 23, date(2025, 6, 20)))[0]
    assert (short.elsewhere, short.limit and short.limit.days) == (False, 0)
    gross = liabilities(outage(contract, day=date(2025, 6, 25), cause=Outage.Cause.GROSS_NEGLIGENCE))[0]
    assert (gross.limit, gross.elsewhere) == (None, False)


@pytest.mark.article("business-network", "19")
@pytest.mark.article("isp-access", "39")
@pytest.mark.parametrize("terms_code", ["business-network", "isp-access"])
def test_intent_and_gross_negligence_have_no_limit(terms_code):
    contract = things.contract(terms_code)
    things.bill(MAY)
    found = liabilities(outage(contract, cause=Outage.Cause.GROSS_NEGLIGENCE))
    assert [(row.limit, row.waits) for row in found] == [(None, False)]


def test_before_the_month_is_billed_nothing_is_said_and_nothing_is_owed_without_fault():
    contract = things.contract("isp-access")
    assert [row.waits for row in liabilities(outage(contract))] == [True]
    assert liabilities(outage(contract, day=date(2025, 6, 20), operator_fault=False)) == []
    assert liabilities(outage(contract, day=date(2025, 6, 25), restored=None)) == []


def failed(*of: Contract, hours: int = 49) -> PartnerFault:
    """The wholesaler's service failed on 10 June at ten, and took down the lines of those contracts."""
    at = factories.at(date(2025, 6, 10), 10)
    return record_partner_fault(
        partner=factories.partner(), by=factories.staff(), at=at + timedelta(days=5), began=at, known=at, what="局側装置の故障",
        restored=at + timedelta(hours=hours), lines=[contract.line for contract in of if contract.line],
    )  # fmt: skip


def paid(fault: PartnerFault, received: int) -> None:
    on = date(2025, 8, 1)
    record_partner_damages(fault=fault, by=factories.staff(), on=on, received=received, received_on=on)


def owed(fault: PartnerFault) -> list[tuple[int | None, bool]]:
    """Of each contract the sum and whether it waits for the partner."""
    found = [row for each in fault.outages.order_by("pk") for row in liabilities(each)]
    return [(row.limit and row.limit.amount, row.partner_pays) for row in found]


@pytest.mark.article("business-network", "19")
def test_users_of_business_network_share_in_no_more_than_what_the_other_operator_paid():
    large, small = things.contract("business-network", 9000), things.contract("business-network", 4500)
    things.bill(MAY)
    fault = failed(large, small)
    assert owed(fault) == [(None, True), (None, True)]
    paid(fault, 500)
    assert all_limits(fault) == 900
    assert owed(fault) == [(333, False), (166, False)]  # of 600 and 300
    paid(fault, 0)
    assert owed(fault) == [(0, False), (0, False)]
    paid(fault, 900)
    assert owed(fault) == [(600, False), (300, False)]


@pytest.mark.article("business-network", "19")
def test_what_all_are_owed_waits_until_every_line_is_back_and_billed():
    billed, late = things.contract("business-network", 9000), things.contract("business-network", start=JUNE)
    things.bill(MAY)
    fault = failed(billed, late)
    paid(fault, 500)
    assert all_limits(fault) is None
    assert [row.waits for each in fault.outages.all() for row in liabilities(each)] == [True, True]


def test_however_many_lines_failed_what_all_are_owed_is_asked_for_at_once():
    def asked(*of: Contract) -> int:
        fault = failed(*of)
        with CaptureQueriesContext(connection) as captured:
            assert all_limits(fault) == 300 * len(of)
        return len(captured)

    contracts = [things.contract("business-network", 4500) for _ in range(4)]
    things.bill(MAY)
    assert asked(contracts[0]) == asked(*contracts[1:])


@pytest.mark.article("isp-access", "39")
def test_for_a_course_that_a_partner_prices_the_partners_terms_say_how_much():
    contract = things.contract("isp-access", 6000)
    things.bill(JUNE)
    Contract.objects.filter(pk=contract.pk).update(partner=factories.partner())
    found = liabilities(outage(contract))[0]
    assert (found.elsewhere, str(found.article)) == (True, "isp-access 39-3")
    assert found.limit is not None
    assert (found.limit.days, found.limit.amount) == (2, 0)


@pytest.mark.article("isp-access", "39")
@pytest.mark.parametrize(("on", "elsewhere"), [(date(2025, 6, 11), True), (date(2025, 6, 10), False)])
def test_what_counts_is_the_course_of_the_day_of_the_outage(on, elsewhere):
    contract = things.contract("isp-access", 6000)
    things.bill(JUNE)
    course = factories.product("isp-access", code="course", partner=factories.partner())
    ProductChange.objects.create(
        contract=contract, on=on, old=course, new=contract.product, article="isp-access 25"
    )
    assert liabilities(outage(contract))[0].elsewhere is elsewhere


@pytest.mark.article("isp-access", "39")
def test_isp_access_answers_for_the_fault_of_the_operator_whose_facilities_it_uses_as_for_its_own():
    contract = things.contract("isp-access", 6000)
    things.bill(JUNE)
    assert owed(failed(contract)) == [(400, False)]


@pytest.mark.article("hikari-phone", "48")
def test_hikari_phone_does_not_answer_for_the_circuits_of_others():
    contract = things.contract("hikari-phone", 3000)
    things.bill(JUNE)
    assert owed(failed(contract)) == []
