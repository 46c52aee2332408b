"""What the network does with works and openings."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse

from contracts.models import (
    Contract,
    Work,
)
from tests import factories
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import NOW, TERMS, TODAY, serious

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_network_plans_starts_and_finishes_a_work(with_role, contract, clock):
    client = with_role("network")
    planned = NOW + timedelta(days=3)
    assert done(press(client, contract, "plan-work", kind="item_change", planned_at=planned))
    work = Work.objects.get()
    assert (work.planned_at, work.state) == (planned, Work.State.PLANNED)
    assert buttons(client, work) == ["start", "cancel"]
    assert done(press(client, work, "start", at=NOW))
    assert buttons(client, work) == ["finish", "cancel"]
    assert errors(press(client, work, "finish", at=NOW + timedelta(hours=1)), "at")
    clock.move_to(NOW + timedelta(hours=1))
    assert done(press(client, work, "finish", at=NOW + timedelta(hours=1)))
    work.refresh_from_db()
    assert (work.state, work.done_at) == (Work.State.DONE, NOW + timedelta(hours=1))
    assert "start" not in buttons(client, work)


@pytest.mark.parametrize("terms_code", ["isp-access", "business-network"])
def test_a_menu_stands_on_the_page_once_whichever_rooms_add_to_it(admin_client, terms_code):
    contract = factories.contract(terms_code)
    page = admin_client.get(reverse("admin:contracts_contract_change", args=[contract.pk])).content.decode()
    menus = re.findall(r"<summary[^>]*>([^<]+)</summary>", page)
    assert menus
    assert sorted(menus) == sorted(set(menus))


def test_a_planned_work_that_is_cancelled_costs_nothing(with_role, contract):
    client = with_role("network")
    assert done(press(client, contract, "plan-work", kind="item_change", planned_at=NOW))
    work = Work.objects.get()
    assert "cost_so_far" not in ask(client, work, "cancel").context["form"].fields
    assert done(press(client, work, "cancel", at=NOW, reason="都合"))
    work.refresh_from_db()
    assert (work.state, work.cost_so_far) == (Work.State.CANCELLED, 0)


def test_a_contract_is_opened_only_once_its_opening_work_is_done(with_role):
    factories.publish_all()
    contract = factories.contract(TERMS, state=Contract.State.ACCEPTED)
    client = with_role("network")
    assert done(press(client, contract, "plan-work", kind="opening", planned_at=NOW))
    assert errors(press(client, contract, "open", on=TODAY))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACCEPTED
    work = Work.objects.get()
    assert done(press(client, work, "start", at=NOW))
    assert done(press(client, work, "finish", at=NOW))
    assert done(press(client, contract, "open", on=TODAY))
    contract.refresh_from_db()
    assert contract.state == Contract.State.ACTIVE


def test_reception_neither_suspends_nor_opens(with_role, contract):
    client = with_role("reception")
    assert not {"suspend", "end", "open"} & set(buttons(client, contract))
    assert press(client, contract, "suspend", ground=serious(contract), reason="x").status_code == 403
