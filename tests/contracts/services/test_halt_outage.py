"""While a line is halted it counts as down, known to the operator who halted it."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract, Outage
from contracts.moments import start_of
from contracts.services.halt_outage import begin_halt_outage, end_halt_outage
from tests import factories

pytestmark = pytest.mark.django_db

DAY, LAST = date(2025, 8, 11), date(2025, 8, 31)


def halted(contract: Contract) -> Outage | None:
    return begin_halt_outage(contract=contract, by=factories.staff(), on=DAY, reason="接続休止")


def earlier(contract: Contract, cause: str) -> Outage:
    down = start_of(DAY) - timedelta(hours=5)
    return Outage.objects.create(
        line=contract.line, down=down, known=down, cause=cause, recorded_by=factories.staff()
    )


@pytest.mark.article("isp-access", "29")
def test_it_lasts_from_the_first_moment_of_the_halt_to_the_last_of_the_contract():
    contract = factories.contract(state=Contract.State.HALTED)
    outage = halted(contract)
    assert outage is not None
    assert (outage.down, outage.known, outage.restored) == (start_of(DAY), start_of(DAY), None)
    end_halt_outage(contract=contract, by=factories.staff(), last_day=LAST)
    outage.refresh_from_db()
    assert outage.restored == start_of(LAST + timedelta(days=1))


@pytest.mark.parametrize(("cause", "goes_on"), [("not_customer", True), ("customer", False)])
def test_an_outage_that_is_not_the_customers_goes_on_as_that_of_the_halt(cause: str, goes_on: bool):
    contract = factories.contract(state=Contract.State.HALTED)
    before = earlier(contract, cause)
    outage = halted(contract)
    assert outage is not None
    assert (outage == before) is goes_on
    assert contract.line.outages.count() == (1 if goes_on else 2)


def test_without_a_line_or_a_halt_there_is_none():
    assert halted(factories.contract(line=None)) is None
    contract = factories.contract()
    other = earlier(contract, "not_customer")
    end_halt_outage(contract=contract, by=factories.staff(), last_day=LAST)
    other.refresh_from_db()
    assert other.restored is None
