"""A partner's service fails: which outages come of it, and what the partner pays (business-network 19-3)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from contracts.models import Outage, PartnerFault
from contracts.services.record_outage import record_outage
from contracts.services.record_partner_fault import (
    put_down_to,
    record_partner_damages,
    record_partner_fault,
)
from contracts.services.restore_outage import restore_outage
from tests import factories
from workflow.models import StateChange

ON = date(2025, 6, 12)
BEGAN = factories.at(date(2025, 6, 10), 10)

pytestmark = pytest.mark.django_db


def fault(**fields: Any) -> PartnerFault:
    values: dict[str, Any] = {
        "partner": factories.partner(), "by": factories.staff(), "at": factories.at(ON), "began": BEGAN, "known": BEGAN,
        "what": "局側装置の故障",
    }  # fmt: skip
    return record_partner_fault(**(values | fields))


def test_each_line_that_it_took_down_gets_its_outage_with_the_partner_at_fault():
    lines = [factories.line("business-network") for _ in range(2)]
    made = fault(lines=lines, restored=BEGAN + timedelta(hours=30))
    assert {outage.line for outage in made.outages.all()} == set(lines)
    assert {(outage.down, outage.operator_fault, outage.note) for outage in made.outages.all()} == {
        (BEGAN, False, "局側装置の故障")
    }


def test_a_line_that_is_down_already_is_named_and_nothing_is_recorded():
    down, up = factories.line("business-network"), factories.line("business-network")
    record_outage(line=down, by=factories.staff(), down=BEGAN, known=BEGAN)
    with pytest.raises(ValidationError) as error:
        fault(lines=[up, down])
    assert str(down) in error.value.message_dict["lines"][0]
    with pytest.raises(ValidationError) as error:
        fault(began=factories.at(ON) + timedelta(minutes=1))
    assert set(error.value.message_dict) == {"began"}
    assert (PartnerFault.objects.count(), Outage.objects.count()) == (0, 1)


def test_an_outage_recorded_before_is_put_down_to_the_fault_unless_somebody_else_is_at_fault():
    made, by = fault(), factories.staff()

    def outage(**fields: Any) -> Outage:
        line = factories.line("business-network")
        return record_outage(line=line, by=by, **({"down": BEGAN, "known": BEGAN} | fields))

    assert put_down_to(outage=outage(), fault=made, by=by, on=ON).partner_fault == made
    before = BEGAN - timedelta(hours=2)
    for wrong in (
        outage(operator_fault=True),
        outage(cause=Outage.Cause.CUSTOMER),
        outage(down=before, known=before, restored=BEGAN),
    ):
        with pytest.raises(ValidationError) as error:
            put_down_to(outage=wrong, fault=made, by=by, on=ON)
        assert set(error.value.message_dict) == {"fault"}
        wrong.refresh_from_db()
        assert wrong.partner_fault is None


def test_an_outage_put_down_to_a_partner_cannot_end_as_the_customers_own():
    made = fault(lines=[factories.line("business-network")])
    outage = made.outages.get()
    with pytest.raises(ValidationError, match="協定事業者等"):
        restore_outage(
            outage=outage,
            by=factories.staff(),
            restored=BEGAN + timedelta(hours=1),
            cause=Outage.Cause.CUSTOMER,
        )
    outage.refresh_from_db()
    assert outage.restored is None


def test_what_the_partner_paid_can_be_corrected_and_who_said_what_stays_on_record():
    made, by = fault(), factories.staff()
    record_partner_damages(fault=made, by=by, on=ON, received=1000, received_on=ON, reason="第1回")
    record_partner_damages(fault=made, by=by, on=ON, received=1500, received_on=ON)
    with pytest.raises(ValidationError) as error:
        record_partner_damages(fault=made, by=by, on=ON, received=1, received_on=ON + timedelta(days=1))
    assert set(error.value.message_dict) == {"received_on"}
    made.refresh_from_db()
    assert made.received == 1500
    said = StateChange.objects.filter(transition="record_partner_damages").order_by("pk")
    assert [change.reason for change in said] == ["1000 第1回", "1500"]
