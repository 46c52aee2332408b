"""A fault on the staff pages."""

import pytest

from contracts.models import RepairTicket
from tests.admin.pressing import done, errors, press
from tests.admin.world import NOW

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_fault_is_taken_checked_tested_visited_and_closed(with_role, contract):
    client = with_role("network")
    assert done(press(client, contract, "report-fault", at=NOW, symptom="不通"))
    ticket = RepairTicket.objects.get()
    assert errors(press(client, ticket, "dispatch", at=NOW, requested="on"))
    assert done(press(client, ticket, "check", at=NOW, own_check="電源を確認"))
    assert done(press(client, ticket, "test", at=NOW, clear="yes"))
    assert done(press(client, ticket, "dispatch", at=NOW, requested="on"))
    assert done(press(client, ticket, "close", at=NOW, cause="own_equipment", findings="宅内機器"))
    ticket.refresh_from_db()
    assert (ticket.state, ticket.fee_article) == ("closed", "hikari-line 49-3")
