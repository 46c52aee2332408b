"""Faults of partners on the staff's pages."""

from datetime import date, timedelta

import pytest

from contracts.models import PartnerFault
from contracts.services.record_outage import record_outage
from tests import factories
from tests.admin.day import TODAY
from tests.admin.pressing import buttons, done, errors, press, text
from tests.billing import things

pytestmark = pytest.mark.django_db


@pytest.mark.article("business-network", "19")
def test_a_partners_fault_is_recorded_with_its_lines_and_shared_once_the_partner_paid(with_role):
    things.standing()
    contracts = [things.contract("business-network", 9000) for _ in range(2)]
    things.bill(date(2025, 10, 1))
    client, began = with_role("network"), factories.at(date(2025, 11, 5), 10)
    facts = {
        "partner": factories.partner().pk, "began": began, "known": began, "restored": began + timedelta(hours=48),
        "what": "局側装置の故障",
    }  # fmt: skip
    first, second = (contract.line for contract in contracts)
    assert "L9" in errors(press(client, PartnerFault, "record", **facts, lines="L9"), "lines")
    assert done(press(client, PartnerFault, "record", **facts, lines=first.number))
    fault = PartnerFault.objects.get()
    other = record_outage(
        line=second, by=factories.staff(), down=began, known=began, restored=began + timedelta(hours=24)
    )
    assert done(press(client, other, "put-down", fault=fault.pk))
    assert "partner-paid" not in buttons(client, fault)
    client = with_role("billing")
    assert errors(press(client, fault, "partner-paid", received=-1, received_on=TODAY), "received")
    assert done(press(client, fault, "partner-paid", received=300, received_on=TODAY))
    page = text(client.get(f"/staff/contracts/partnerfault/{fault.pk}/change/").content.decode())
    assert "¥900" in page[page.index("損害賠償の限度額") :]
    page = text(client.get(f"/staff/contracts/outage/{other.pk}/change/").content.decode())
    assert "¥100" in page[page.index("損害賠償の限度額") :]
