"""The end of a service, from the pages of staff."""

from datetime import timedelta

import pytest

from contracts.models import Contract, Discontinuation
from tests.admin.pressing import ask, buttons, done, errors, press
from tests.admin.world import TERMS, TODAY, member

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


def test_the_end_of_a_service_is_planned_notified_and_announced(root, contract):
    ends = TODAY + timedelta(days=200)
    data = {"products": contract.product_id, "reason": "老朽化", "designated": "on"}
    assert done(press(root, Discontinuation, f"plan-{TERMS}", last_day=ends, **data))
    planned = Discontinuation.objects.get()
    assert "施行規則22の2の11" in errors(press(root, planned, "announce"))
    told = TODAY - timedelta(days=30)
    assert done(press(root, planned, "tell-minister", on=told, reason="届出第12号"))
    assert "1" in ask(root, planned, "announce").content.decode()
    assert done(press(root, planned, "announce"))
    contract.refresh_from_db()
    assert (contract.state, contract.ends_on) == (Contract.State.ENDING, ends)
    assert not {"announce", "drop"} & set(buttons(root, planned))


def test_only_those_who_may_plan_it(with_role, contract):
    assert ask(with_role("reception"), Discontinuation, f"plan-{TERMS}").status_code == 403
    assert not member("audit").has_perm("contracts.add_discontinuation")
