"""Own equipment on the staff pages."""

import pytest

from contracts.models import Inspection, OwnEquipment
from contracts.services.own_equipment import connect_own_equipment
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]

RESULT = {"on": TODAY, "inspector": "検査員", "certificate": "第12号", "passed": "no", "findings": "漏えい"}


def unit_on(contract) -> OwnEquipment:
    return connect_own_equipment(
        contract=contract, by=factories.staff(), on=TODAY, kind="terminal", name="電話機", form="written"
    )


def test_a_unit_is_inspected_and_taken_off(with_role, contract):
    client = with_role("network")
    unit = unit_on(contract)
    assert "own-equipment" not in buttons(client, contract), "hikari-line has it asked for"
    assert not {"result", "declined", "put-right", "taken-off"} & set(buttons(client, unit))
    assert done(press(client, unit, "inspect", on=TODAY, occasion="connection"))
    assert errors(press(client, unit, "result", **(RESULT | {"certificate": ""})), "certificate")
    assert done(press(client, unit, "result", **(RESULT | {"passed": "yes"})))
    assert Inspection.objects.get().state == "passed"
    assert "第12号" in client.get(f"/staff/contracts/ownequipment/{unit.pk}/change/").content.decode()


def test_where_the_document_has_none_asked_for_it_is_put_on_record_and_put_right(with_role):
    client = with_role("network")
    contract = factories.contract("business-network")
    answers = {"on": TODAY, "kind": "terminal", "name": "ルータ"}
    assert done(press(client, contract, "own-equipment", **answers))
    unit = OwnEquipment.objects.get()
    assert done(press(client, unit, "inspect", on=TODAY, occasion="fault"))
    assert done(press(client, unit, "result", **RESULT))
    unit.refresh_from_db()
    assert unit.state == "failed"
    assert done(press(client, unit, "put-right", on=TODAY))
    assert done(press(client, unit, "inspect", on=TODAY, occasion="fault"))
    assert done(press(client, unit, "declined", on=TODAY, reason="不在", good_reason="on"))
    assert Inspection.objects.first().state == "excused"
    assert done(press(client, unit, "taken-off", on=TODAY))
    unit.refresh_from_db()
    assert unit.state == "removed"
