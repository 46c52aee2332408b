"""What a halt of the whole contract gives back: the fees of the days on which nobody could use it (isp-access 29-2(4))."""

from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Contract, Outage
from contracts.services.announce_halt import announce_halt
from contracts.services.carry_out_endings import carry_out_endings
from contracts.services.declare_ending import declare_ending
from contracts.services.halt_contract import halt_contract
from contracts.services.record_outage import record_outage
from contracts.services.restore_outage import restore_outage
from tests import factories
from tests.billing import things

MAY, JUNE, JULY = date(2025, 5, 1), date(2025, 6, 1), date(2025, 7, 1)
FIRST, LAST = date(2025, 6, 11), date(2025, 6, 30)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _standing(db):
    things.standing()


def halted(contract: Contract) -> Contract:
    day = FIRST - timedelta(days=5)
    notice = announce_halt(
        contract=contract,
        by=factories.staff(),
        at=factories.at(day),
        reason="相互接続の停止",
        starts_on=FIRST,
        ends_on=LAST,
    )
    factories.dispatched(notice, day)
    halt_contract(contract=contract, by=factories.staff(), on=FIRST)
    return contract


def credited(contract: Contract) -> list[int]:
    """The credits, once everything until the end of July was done and billed."""
    carry_out_endings(on=JULY)
    for month in (MAY, JUNE, JULY):
        things.bill(month)
    found = contract.charges.filter(kind="outage_credit").order_by("pk")
    return [charge.amount for charge in found]


@pytest.mark.article("isp-access", "29")
@pytest.mark.article("isp-access", "24")
def test_a_halt_is_credited_through_the_last_day_of_the_contract_without_anybody_entering_an_outage():
    contract = halted(things.contract("isp-access", 6000))
    assert credited(contract) == [-4000]  # 20 days of 200
    outage = Outage.objects.get()
    assert (outage.restored, outage.halted) == (factories.at(JULY, 0), contract)


@pytest.mark.article("isp-access", "29")
def test_an_outage_that_went_before_goes_on_as_the_halt_and_one_that_overlaps_is_credited_once():
    before, beside = things.contract("isp-access", 6000), things.contract("isp-access", 6000)
    down = factories.at(FIRST - timedelta(days=2), 0)
    going_on = record_outage(line=before.line, by=factories.staff(), down=down, known=down)
    record_outage(
        line=beside.line, by=factories.staff(), down=down, known=down, restored=down + timedelta(days=4)
    )
    halted(before)
    halted(beside)
    assert Outage.objects.filter(line=before.line).get() == going_on
    assert credited(before) == [-4400]
    assert [charge.amount for charge in beside.charges.filter(kind="outage_credit").order_by("pk")] == [
        -800,
        -3600,
    ]


@pytest.mark.article("isp-access", "29")
def test_the_customers_own_outage_does_not_keep_the_halt_from_being_credited():
    contract = things.contract("isp-access", 6000)
    down = factories.at(FIRST - timedelta(days=2), 0)
    record_outage(
        line=contract.line, by=factories.staff(), down=down, known=down, cause=Outage.Cause.CUSTOMER
    )
    assert credited(halted(contract)) == [-4000]


def test_the_outage_of_a_halt_ends_with_the_contract_only_also_where_that_ends_sooner():
    contract = halted(things.contract("isp-access", 6000))
    with pytest.raises(ValidationError) as error:
        restore_outage(outage=Outage.objects.get(), by=factories.staff(), restored=factories.at(LAST))
    assert set(error.value.message_dict) == {"restored"}
    declare_ending(
        contract=contract,
        by=factories.staff(),
        on=FIRST,
        ended_by="subscriber",
        reason="移転",
        ends_on=date(2025, 6, 20),
    )
    assert credited(contract) == [-2000]
