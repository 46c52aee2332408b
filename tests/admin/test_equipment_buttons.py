"""Lent equipment on the staff pages."""

from datetime import date, timedelta

import pytest

from contracts.models import Contract, LentEquipment, Product
from tests import factories
from tests.admin.pressing import buttons, done, errors, press
from tests.admin.world import TERMS, TODAY

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_a_unit_is_lent_asked_back_and_paid_for(with_role, contract):
    client = with_role("reception")
    router = factories.product(TERMS, kind=Product.Kind.EQUIPMENT)
    factories.option(contract, product=router)
    answers = {"serial_number": "SN-9", "owner": "operator", "on": TODAY}
    assert done(press(client, contract, "lend", product=router.pk, **answers))
    unit = LentEquipment.objects.get()
    assert errors(press(client, contract, "lend", product=router.pk, **answers))
    # hikari-line names the ending alone, and does not move equipment.
    assert errors(press(client, unit, "ask-back", on=TODAY, why="disuse"), "why")
    assert "move" not in buttons(client, unit)
    assert errors(press(client, unit, "ask-back", on=TODAY, why="ending"), "why")  # It goes on.
    Contract.objects.filter(pk=contract.pk).update(state=Contract.State.ENDING, ends_on=TODAY)
    assert done(press(client, unit, "ask-back", on=TODAY, why="ending"))
    assert errors(press(client, unit, "loss", on=TODAY, event="lost", reason="紛失", duty="due_care"), "cost")
    assert done(press(client, unit, "loss", on=TODAY, event="not_returned", reason="返却なし"))
    unit.refresh_from_db()
    assert (unit.state, unit.claim) == ("not_returned", "damages")
    assert "take-back" not in buttons(client, unit)


def test_equipment_that_is_overdue_stands_on_the_first_page_and_in_its_list(with_role, contract):
    client = with_role("network")
    for number, due in (("SN-1", TODAY - timedelta(1)), ("SN-2", TODAY)):
        LentEquipment.objects.create(
            contract=contract,
            product=factories.product(TERMS, kind=Product.Kind.EQUIPMENT),
            serial_number=number,
            lent_on=date(2025, 8, 1),
            state="to_return",
            return_by=due,
        )
    page = client.get("/staff/contracts/lentequipment/?due=overdue")
    assert [unit.serial_number for unit in page.context["cl"].result_list] == ["SN-1"]
    assert "/staff/contracts/lentequipment/?due=overdue" in client.get("/staff/").content.decode()
